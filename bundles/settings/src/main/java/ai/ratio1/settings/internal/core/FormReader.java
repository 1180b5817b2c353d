package ai.ratio1.settings.internal.core;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form of a bundle's metatype file.
 *
 * <p>Source: OSGi Compendium, Metatype Service Specification, 105.8.
 */
public final class FormReader {

  private FormReader() {}

  /**
   * Reads.
   *
   * @throws IllegalArgumentException when it is no metatype with one object class
   */
  public static Form read(InputStream metatype) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(metatype);
      Map<String, Field> fields = new TreeMap<>();
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("AD")) {
          Field field = field(xml);
          fields.put(field.id(), field);
        }
      }
      return new Form(fields);
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("no metatype: " + e.getMessage(), e);
    }
  }

  private static Field field(XMLStreamReader xml) throws XMLStreamException {
    String id = attribute(xml, "id").orElseThrow(() -> new IllegalArgumentException("no id"));
    String type = attribute(xml, "type").orElse("");
    int cardinality = Integer.parseInt(attribute(xml, "cardinality").orElse("0"));
    boolean required = attribute(xml, "required").map(Boolean::parseBoolean).orElse(true);
    Optional<BigDecimal> least = attribute(xml, "min").map(BigDecimal::new);
    Optional<BigDecimal> greatest = attribute(xml, "max").map(BigDecimal::new);
    return new Field(
        id,
        ValueType.named(type).orElseThrow(() -> new IllegalArgumentException(id + ": " + type)),
        cardinality == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(cardinality),
        required,
        least,
        greatest,
        options(xml));
  }

  private static Set<String> options(XMLStreamReader xml) throws XMLStreamException {
    Set<String> options = new LinkedHashSet<>();
    while (!(xml.next() == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("AD"))) {
      if (xml.isStartElement() && xml.getLocalName().equals("Option")) {
        attribute(xml, "value").ifPresent(options::add);
      }
    }
    return options;
  }

  private static Optional<String> attribute(XMLStreamReader xml, String name) {
    @Nullable String value = xml.getAttributeValue(null, name);
    return Optional.ofNullable(value);
  }
}

package ai.ratio1.cli;

import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The few shapes a chart is made of. */
final class SvgWriter {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter xml;

  SvgWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  void begin(int width, int height) throws XMLStreamException {
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeAttribute("viewBox", "0 0 " + width + " " + height);
    xml.writeAttribute("font-family", "sans-serif");
    xml.writeAttribute("font-size", "13");
    shape("rect", "width", "100%", "height", "100%", "fill", "white");
  }

  void end() throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.flush();
  }

  void line(double x1, double y1, double x2, double y2, String colour) throws XMLStreamException {
    shape("line", "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2), "stroke", colour);
  }

  void area(String points, String colour) throws XMLStreamException {
    shape("polygon", "points", points, "fill", colour, "fill-opacity", "0.85");
  }

  void polyline(String points, String colour, String dashes) throws XMLStreamException {
    shape(
        "polyline",
        "points",
        points,
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        "2",
        "stroke-dasharray",
        dashes);
  }

  void text(double x, double y, String anchor, String colour, String text)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("text");
    attributes("x", at(x), "y", at(y), "text-anchor", anchor, "fill", colour);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void shape(String name, String... attributes) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEmptyElement(name);
    attributes(attributes);
  }

  private void attributes(String... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}

package ai.ratio1.itests.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The form of a configurable component, as its packed bundle has it.
 *
 * @param jar the bundle
 * @param pid of the component
 * @param component whether a component of that name carries Kura's marker
 * @param definition the object class of the metatype
 */
record PackedForm(Path jar, String pid, boolean component, Element definition) {

  private static final String MARKER = "org.eclipse.kura.configuration.ConfigurableComponent";

  /** Every form of a bundle, by its metatype and by its components. */
  static List<PackedForm> of(Path file) throws IOException {
    List<PackedForm> forms = new ArrayList<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      List<String> marked = components(jar, MARKER);
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("OSGI-INF/metatype/.+\\.xml")) {
          Element root = read(jar, entry).getDocumentElement();
          for (Element designate : children(root, "Designate")) {
            String pid = designate.getAttribute("pid") + designate.getAttribute("factoryPid");
            String of = children(designate, "Object").get(0).getAttribute("ocdref");
            Element definition =
                children(root, "OCD").stream()
                    .filter(ocd -> ocd.getAttribute("id").equals(of))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(pid + " has no object class " + of));
            forms.add(new PackedForm(file, pid, marked.remove(pid), definition));
          }
        }
      }
      if (!marked.isEmpty()) {
        throw new AssertionError(file + ": configurable, but without a form: " + marked);
      }
    }
    return forms;
  }

  List<Element> attributes() {
    return children(definition, "AD");
  }

  /** Names of its settings that are secrets. */
  List<String> secrets() {
    return attributes().stream()
        .filter(attribute -> attribute.getAttribute("type").equals("Password"))
        .map(attribute -> attribute.getAttribute("id"))
        .toList();
  }

  static List<Element> children(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      children.add((Element) found.item(i));
    }
    return children;
  }

  /** Names of the components of a bundle that declare a service of a type. */
  static List<String> components(JarFile jar, String type) throws IOException {
    String files = jar.getManifest().getMainAttributes().getValue("Service-Component");
    List<String> names = new ArrayList<>();
    if (files == null) {
      return names;
    }
    for (String file : files.split(",")) {
      Element component = read(jar, jar.getEntry(file.strip())).getDocumentElement();
      if (children(component, "provide").stream()
          .anyMatch(service -> service.getAttribute("interface").equals(type))) {
        names.add(component.getAttribute("name"));
      }
    }
    return names;
  }

  private static Document read(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      return factory.newDocumentBuilder().parse(in);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(entry.getName(), e);
    }
  }

  @Override
  public String toString() {
    return pid;
  }
}

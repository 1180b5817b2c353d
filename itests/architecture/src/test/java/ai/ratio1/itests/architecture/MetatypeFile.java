package ai.ratio1.itests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A file of the OSGi Metatype Service (chapter 105), as bnd writes it.
 *
 * @param document its content
 */
record MetatypeFile(Document document) {

  private static final String HEADER =
      "| setting | type | default | range | meaning |\n| --- | --- | --- | --- | --- |\n";

  /** A section of Markdown for every PID. */
  Map<String, String> sections() {
    Map<String, Element> definitions = new TreeMap<>();
    for (Element definition : children(document.getDocumentElement(), "OCD")) {
      definitions.put(definition.getAttribute("id"), definition);
    }
    Map<String, String> sections = new TreeMap<>();
    for (Element designate : children(document.getDocumentElement(), "Designate")) {
      String pid = designate.getAttribute("pid");
      String reference = children(designate, "Object").get(0).getAttribute("ocdref");
      sections.put(pid, section(pid, definitions.get(reference)));
    }
    return sections;
  }

  private static String section(String pid, Element definition) {
    StringBuilder section = new StringBuilder();
    section.append("## `").append(pid).append("`\n\n");
    section.append("**").append(definition.getAttribute("name")).append(".** ");
    section.append(definition.getAttribute("description")).append("\n\n").append(HEADER);
    for (Element setting : children(definition, "AD")) {
      section
          .append("| ")
          .append(code(setting.getAttribute("id")))
          .append(" | ")
          .append(type(setting))
          .append(" | ")
          .append(usual(setting))
          .append(" | ")
          .append(range(setting))
          .append(" | ")
          .append(cell(setting.getAttribute("description")))
          .append(" |\n");
    }
    return section.toString();
  }

  private static String type(Element setting) {
    return setting.getAttribute("type") + (setting.hasAttribute("cardinality") ? "[]" : "");
  }

  private static String usual(Element setting) {
    String usual = setting.getAttribute("default");
    return usual.isEmpty() ? "empty" : code(usual);
  }

  private static String range(Element setting) {
    List<String> options =
        children(setting, "Option").stream().map(o -> code(o.getAttribute("value"))).toList();
    String least = setting.getAttribute("min");
    String most = setting.getAttribute("max");
    if (least.isEmpty() && most.isEmpty()) {
      return String.join(", ", options);
    }
    if (most.isEmpty()) {
      return "from " + least;
    }
    return (least.isEmpty() ? "" : least + " ") + "to " + most;
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** A text that neither ends the cell nor is taken for HTML. */
  private static String cell(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
  }

  private static List<Element> children(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      children.add((Element) found.item(i));
    }
    return children;
  }
}

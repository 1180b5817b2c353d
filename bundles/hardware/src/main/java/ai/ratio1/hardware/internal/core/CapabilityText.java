package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts as clauses of a {@code Provide-Capability} header. Texts come from firmware, and frameworks
 * disagree on escaped quotes and backslashes: in a capability a quote becomes an apostrophe and a
 * backslash a slash. Nothing else is altered, and the report has the text as it is.
 */
public final class CapabilityText {

  private CapabilityText() {}

  /** The clauses of several facts; their ids are an attribute. */
  public static String of(List<HardwareFact> facts) {
    return facts.stream().map(CapabilityText::clause).collect(Collectors.joining(","));
  }

  private static String clause(HardwareFact fact) {
    return clause(fact.kind().namespace(), fact.id(), fact.attributes());
  }

  /** A clause of any namespace. */
  public static String clause(String namespace, String id, Map<String, Object> attributes) {
    StringBuilder clause = new StringBuilder(namespace).append(";id=").append(quoted(plain(id)));
    attributes.forEach((name, value) -> clause.append(';').append(name).append(typed(value)));
    return clause.toString();
  }

  private static String typed(Object value) {
    if (value instanceof List<?> list) {
      return ":List<String>="
          + quoted(list.stream().map(CapabilityText::element).collect(Collectors.joining(",")));
    }
    return (value instanceof Long ? ":Long=" : "=") + quoted(plain(String.valueOf(value)));
  }

  /** A comma would end the element; its escape is the one that all frameworks know. */
  private static String element(Object text) {
    return plain(String.valueOf(text)).replace(",", "\\,");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String plain(String text) {
    return text.replace('"', '\'').replace('\\', '/');
  }
}

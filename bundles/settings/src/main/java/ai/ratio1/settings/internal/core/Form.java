package ai.ratio1.settings.internal.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a component asks for, by the name of the setting.
 *
 * @param fields the attributes of its metatype
 */
public record Form(Map<String, Field> fields) {

  /** Copies. */
  public Form {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /**
   * The settings among what was given, each in the type of the form. What the form does not know is
   * left out: platforms add properties of their own, and keep those of older versions.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-SETTINGS-001} that names the first wrong one
   */
  public Map<String, Object> check(Map<String, ? extends @Nullable Object> given) {
    Map<String, Object> checked = new TreeMap<>();
    fields.forEach(
        (id, field) -> {
          Object value = given.get(id);
          if (value != null) {
            checked.put(id, field.check(value));
          }
        });
    return checked;
  }

  /** Whether a setting of it is a secret. */
  public boolean hasSecrets() {
    return fields.values().stream().anyMatch(Field::isSecret);
  }

  /**
   * Checked settings with their secrets opened. An empty one is none, encrypted or not.
   *
   * @param opener gives what is behind a value; its first argument is the name of the setting
   * @throws ai.ratio1.base.R1Exception what the opener throws, or {@code R1-SETTINGS-001} for a
   *     secret that is out of range
   */
  public Map<String, Object> open(Map<String, Object> checked, BinaryOperator<String> opener) {
    Map<String, Object> opened = new TreeMap<>(checked);
    fields.forEach(
        (id, field) -> {
          Object value = opened.get(id);
          if (field.isSecret() && value != null) {
            opened.put(id, field.open(value, encrypted -> opener.apply(id, encrypted)));
          }
        });
    return opened;
  }

  /**
   * Reads what was written as texts, one for every item.
   *
   * @throws IllegalArgumentException when a text is no value of its type
   */
  public Map<String, Object> parse(Map<String, List<String>> texts) {
    Map<String, Object> values = new TreeMap<>();
    fields.forEach(
        (id, field) -> {
          List<String> written = texts.get(id);
          if (written != null) {
            List<Object> items = written.stream().map(field.type()::parse).toList();
            values.put(id, field.isList() || items.size() != 1 ? items : items.get(0));
          }
        });
    return values;
  }
}

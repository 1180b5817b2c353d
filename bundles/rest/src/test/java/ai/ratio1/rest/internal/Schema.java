package ai.ratio1.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As much of JSON Schema as the OpenAPI document uses; a keyword it does not know is an error. */
final class Schema {

  private static final List<String> KNOWN =
      List.of(
          "$ref",
          "type",
          "description",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "oneOf",
          "enum",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "default");

  private final JsonNode document;

  Schema(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with a value; empty when it fits. */
  List<String> check(JsonNode schema, JsonNode value, String where) {
    List<String> wrong = new ArrayList<>();
    schema
        .fieldNames()
        .forEachRemaining(
            word -> {
              if (!KNOWN.contains(word)) {
                wrong.add(where + ": unknown keyword " + word);
              }
            });
    if (schema.has("$ref")) {
      return check(resolve(schema.get("$ref").asText()), value, where);
    }
    if (schema.has("oneOf")) {
      return oneOf(schema.get("oneOf"), value, where);
    }
    if (!hasType(schema.path("type"), value)) {
      wrong.add(where + " is " + value.getNodeType() + ", not " + schema.path("type"));
      return wrong;
    }
    if (value.isTextual()) {
      text(schema, value.asText(), where, wrong);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        wrong.addAll(check(schema.path("items"), value.get(i), where + "[" + i + "]"));
      }
    }
    if (value.isObject()) {
      object(schema, value, where, wrong);
    }
    return wrong;
  }

  JsonNode resolve(String reference) {
    return document.at(reference.substring(1));
  }

  private List<String> oneOf(JsonNode schemas, JsonNode value, String where) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode schema : schemas) {
      List<String> found = check(schema, value, where);
      if (found.isEmpty()) {
        return found;
      }
      wrong.addAll(found);
    }
    return wrong;
  }

  private static void text(JsonNode schema, String text, String where, List<String> wrong) {
    if (schema.has("pattern") && !text.matches(".*?" + schema.get("pattern").asText() + ".*?")) {
      wrong.add(where + " is " + text);
    }
    if (schema.path("format").asText().equals("date-time")) {
      Instant.parse(text);
    }
    if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.get("enum").forEach(word -> words.add(word.asText()));
      if (!words.contains(text)) {
        wrong.add(where + " is " + text + ", not one of " + words);
      }
    }
  }

  private void object(JsonNode schema, JsonNode value, String where, List<String> wrong) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        wrong.add(where + " lacks " + name.asText());
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String place = where + "." + field.getKey();
      JsonNode declared = schema.path("properties").path(field.getKey());
      JsonNode others = schema.path("additionalProperties");
      if (!declared.isMissingNode()) {
        wrong.addAll(check(declared, field.getValue(), place));
      } else if (others.isObject()) {
        wrong.addAll(check(others, field.getValue(), place));
      } else if (!schema.path("properties").isMissingNode()) {
        wrong.add(place + " is not declared");
      }
    }
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (hasType(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}

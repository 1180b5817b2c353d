package ai.ratio1.hardware.internal.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, texts, longs and booleans; anything else is refused, duplicate keys too. By
 * the parser alone: the classes of a mapper would take a node's first look longer than the look
 * itself.
 */
final class JsonTree {

  private static final int DEEPEST = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonTree() {}

  static Object read(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      Object value = value(parser, parser.nextToken(), DEEPEST);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("text behind its end");
      }
      return value;
    }
  }

  private static Object value(JsonParser parser, JsonToken token, int depth) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token == JsonToken.START_ARRAY && depth > 0) {
      return list(parser, depth - 1);
    }
    if (token == JsonToken.START_OBJECT && depth > 0) {
      return map(parser, depth - 1);
    }
    throw new IllegalArgumentException(
        "neither a list, an object, a text, a whole number nor a flag");
  }

  private static List<Object> list(JsonParser parser, int depth) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      list.add(value(parser, t, depth));
    }
    return list;
  }

  private static Map<String, Object> map(JsonParser parser, int depth) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      map.put(key, value(parser, parser.nextToken(), depth));
    }
    return map;
  }
}

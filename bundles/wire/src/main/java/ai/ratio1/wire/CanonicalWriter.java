package ai.ratio1.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * Writes the canonical text of a tree as UTF-8, straight into a hash or a buffer. Not thread-safe;
 * one instance writes one text.
 */
final class CanonicalWriter {

  /** Where the bytes go, a block at a time. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] block, int offset, int length);
  }

  /** How doubles are written. */
  enum Doubles {
    /** Rules v2 and unversioned. */
    CURRENT,
    /** Rules v1. */
    LEGACY
  }

  private static final int BLOCK = 2048;
  private static final int LONGEST_UNIT = 6;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final Comparator<Map.Entry<String, JsonNode>> BY_NAME =
      (one, other) -> byCodePoint(one.getKey(), other.getKey());

  private final Sink sink;
  private final Doubles doubles;
  private final int indent;
  private final byte[] block = new byte[BLOCK];
  private int size;
  private int level;

  CanonicalWriter(Sink sink, Doubles doubles, int indent) {
    this.sink = sink;
    this.doubles = doubles;
    this.indent = indent;
  }

  /** Writes a whole text; {@code skipped} names are left out at top level alone. */
  void write(JsonNode node, Set<String> skipped) {
    if (node instanceof ObjectNode object) {
      object(object, skipped);
    } else {
      value(node);
    }
    flush();
  }

  /** Orders names by code point; UTF-16 order differs once surrogates meet U+E000 and above. */
  static int byCodePoint(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return one.length() - other.length();
  }

  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object((ObjectNode) node, Set.of());
      case ARRAY -> array(node);
      case STRING -> string(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
      case NULL -> ascii("null");
      default -> throw WireError.NOT_CANONICAL.refuse("JSON has no " + node.getNodeType() + ".");
    }
  }

  private void object(ObjectNode object, Set<String> skipped) {
    Map.Entry<String, JsonNode>[] fields = sorted(object);
    boolean first = true;
    ascii('{');
    level++;
    for (Map.Entry<String, JsonNode> field : fields) {
      if (!skipped.isEmpty() && skipped.contains(field.getKey())) {
        continue;
      }
      separate(first);
      first = false;
      string(field.getKey());
      ascii(':');
      value(field.getValue());
    }
    level--;
    close(first, '}');
  }

  // An array of a generic type can only be made through the raw one.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map.Entry<String, JsonNode>[] sorted(ObjectNode object) {
    Map.Entry<String, JsonNode>[] fields = object.properties().toArray(new Map.Entry[0]);
    Arrays.sort(fields, BY_NAME);
    return fields;
  }

  private void array(JsonNode array) {
    boolean first = true;
    ascii('[');
    level++;
    for (JsonNode item : array) {
      separate(first);
      first = false;
      value(item);
    }
    level--;
    close(first, ']');
  }

  private void separate(boolean first) {
    if (!first) {
      ascii(',');
    }
    newLine();
  }

  private void close(boolean empty, char bracket) {
    if (!empty) {
      newLine();
    }
    ascii(bracket);
  }

  private void newLine() {
    if (indent > 0) {
      ascii('\n');
      for (int i = 0; i < indent * level; i++) {
        ascii(' ');
      }
    }
  }

  private void number(JsonNode number) {
    if (number.isIntegralNumber()) {
      ascii(number.asText());
      return;
    }
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      ascii("null");
    } else {
      ascii(doubles == Doubles.CURRENT ? DoubleText.current(value) : DoubleText.legacy(value));
    }
  }

  private void string(String text) {
    ascii('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (size > BLOCK - LONGEST_UNIT) {
        flush();
      }
      if (unit >= 0x80) {
        i += beyondAscii(text, i, unit);
      } else if (unit < 0x20 || unit == '"' || unit == '\\') {
        escape(unit);
      } else {
        block[size++] = (byte) unit;
      }
    }
    ascii('"');
  }

  /** Returns how many further units it took. */
  private int beyondAscii(String text, int at, char unit) {
    if (unit < 0x800) {
      block[size++] = (byte) (0xc0 | (unit >> 6));
      continuation(unit);
      return 0;
    }
    if (!Character.isSurrogate(unit)) {
      block[size++] = (byte) (0xe0 | (unit >> 12));
      continuation(unit >> 6);
      continuation(unit);
      return 0;
    }
    int point = text.codePointAt(at);
    if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      throw WireError.NOT_CANONICAL.refuse("A text has an unpaired surrogate.");
    }
    block[size++] = (byte) (0xf0 | (point >> 18));
    continuation(point >> 12);
    continuation(point >> 6);
    continuation(point);
    return 1;
  }

  private void continuation(int bits) {
    block[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void escape(char unit) {
    block[size++] = '\\';
    switch (unit) {
      case '"', '\\' -> block[size++] = (byte) unit;
      case '\b' -> block[size++] = 'b';
      case '\t' -> block[size++] = 't';
      case '\n' -> block[size++] = 'n';
      case '\f' -> block[size++] = 'f';
      case '\r' -> block[size++] = 'r';
      default -> {
        block[size++] = 'u';
        block[size++] = '0';
        block[size++] = '0';
        block[size++] = HEX[unit >> 4];
        block[size++] = HEX[unit & 0xf];
      }
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      ascii(text.charAt(i));
    }
  }

  private void ascii(char unit) {
    if (size == BLOCK) {
      flush();
    }
    block[size++] = (byte) unit;
  }

  private void flush() {
    sink.write(block, 0, size);
    size = 0;
  }
}

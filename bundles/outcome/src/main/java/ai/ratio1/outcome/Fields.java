package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Reads fields that strangers wrote. Every method throws {@link IllegalArgumentException} that
 * names the field when it is not what is asked for.
 */
record Fields(JsonNode node) {

  private static final int BITS = 31;

  String text(String name) {
    JsonNode field = node.path(name);
    if (!field.isTextual()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return field.textValue();
  }

  long number(String name, long most) {
    JsonNode field = node.path(name);
    if (!field.isIntegralNumber()
        || !field.canConvertToLong()
        || field.longValue() < 0
        || field.longValue() > most) {
      throw new IllegalArgumentException(name + " is no number from 0 to " + most);
    }
    return field.longValue();
  }

  int integer(String name) {
    return (int) number(name, Integer.MAX_VALUE);
  }

  boolean flag(String name) {
    JsonNode field = node.path(name);
    if (!field.isBoolean()) {
      throw new IllegalArgumentException(name + " is neither true nor false");
    }
    return field.booleanValue();
  }

  Bytes32 hash(String name) {
    return Bytes32.parse(text(name));
  }

  EvmAddress address(String name) {
    return EvmAddress.parse(text(name));
  }

  BigInteger amount(String name) {
    return amount(node.path(name));
  }

  static BigInteger amount(JsonNode field) {
    String text = field.asText();
    if (!field.isTextual() || !text.matches("\\d{1,78}")) {
      throw new IllegalArgumentException("no amount: " + text);
    }
    return new BigInteger(text);
  }

  byte[] hex(String name) {
    return hex(node.path(name));
  }

  static byte[] hex(JsonNode field) {
    String text = field.asText();
    if (!field.isTextual() || !text.startsWith("0x")) {
      throw new IllegalArgumentException("no hexadecimal digits: " + text);
    }
    return HexFormat.of().parseHex(text.substring(2));
  }

  /** A bitmap from the indexes of its bits. */
  int bits(String name) {
    int bitmap = 0;
    for (JsonNode index : array(node.path(name))) {
      if (!index.isInt() || index.intValue() < 0 || index.intValue() >= BITS) {
        throw new IllegalArgumentException(name + " has no index: " + index);
      }
      bitmap |= 1 << index.intValue();
    }
    return bitmap;
  }

  Fields object(String name) {
    JsonNode field = node.path(name);
    if (!field.isObject()) {
      throw new IllegalArgumentException(name + " is no object");
    }
    return new Fields(field);
  }

  /** A field that may be null. */
  <T> Optional<T> optional(String name, Function<Fields, T> reader) {
    return node.path(name).isNull() ? Optional.empty() : Optional.of(reader.apply(object(name)));
  }

  <T> List<T> list(String name, Function<JsonNode, T> reader) {
    List<T> all = new ArrayList<>();
    array(node.path(name)).forEach(element -> all.add(reader.apply(element)));
    return List.copyOf(all);
  }

  <T> List<T> objects(String name, Function<Fields, T> reader) {
    return list(name, element -> reader.apply(new Fields(element)));
  }

  List<Bytes32> hashes(String name) {
    return list(name, element -> Bytes32.parse(element.asText()));
  }

  /** The elements of an array of exactly that length. */
  static ArrayNode tuple(JsonNode node, int length) {
    ArrayNode tuple = array(node);
    if (tuple.size() != length) {
      throw new IllegalArgumentException("not " + length + " elements: " + tuple.size());
    }
    return tuple;
  }

  static ArrayNode array(JsonNode node) {
    if (node instanceof ArrayNode array) {
      return array;
    }
    throw new IllegalArgumentException("no list");
  }

  static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** The indexes of the set bits. */
  static void bits(ArrayNode into, int bitmap) {
    for (int index = 0; index < BITS; index++) {
      if ((bitmap >>> index & 1) == 1) {
        into.add(index);
      }
    }
  }

  static <T> void texts(ArrayNode into, List<T> values, Function<T, String> text) {
    values.forEach(value -> into.add(text.apply(value)));
  }

  static <T> void numbers(ArrayNode into, List<T> values, ToIntFunction<T> number) {
    values.forEach(value -> into.add(number.applyAsInt(value)));
  }
}

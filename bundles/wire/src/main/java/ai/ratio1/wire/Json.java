package ai.ratio1.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that others wrote, inside limits. Accepts what genuine peers accept: the last of equal
 * names wins; the bare words {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers.
 * Integers stay integers and doubles stay doubles, because the two are hashed differently.
 *
 * <p>Every refusal is an {@link ai.ratio1.base.R1Exception} with a code of {@link WireError}; no
 * other exception escapes. Thread-safe.
 */
public final class Json {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonLimits limits;
  private final JsonFactory factory;

  /** A reader with its own limits. */
  public Json(JsonLimits limits) {
    this.limits = limits;
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxNameLength(limits.nameLength())
            .maxStringLength(limits.stringLength())
            .maxNumberLength(limits.numberLength())
            .maxTokenCount(limits.tokens())
            .build();
    // Names of strangers must not fill the string table of the virtual machine.
    this.factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(constraints)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** An empty array to fill. */
  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /**
   * Reads a document.
   *
   * @param document strict UTF-8 without a byte order mark
   * @throws ai.ratio1.base.R1Exception R1-WIRE-001 to -004
   */
  public JsonNode parse(byte[] document) {
    checkSize(document.length);
    if (!Utf8.isAscii(document)) {
      return parse(Utf8.decode(document));
    }
    // With a zero among the first bytes the parser would guess UTF-16 or UTF-32.
    if (document.length == 0 || hasZeroAhead(document)) {
      throw WireError.NOT_JSON.refuse("An empty or binary document is not JSON.");
    }
    try (JsonParser parser = factory.createParser(document)) {
      return read(parser);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-001, -003 or -004
   */
  public JsonNode parse(String document) {
    checkSize(document.length());
    try (JsonParser parser = factory.createParser(document)) {
      return read(parser);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /**
   * Reads a document that has to be an object, as every message is.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-001 to -005
   */
  public ObjectNode parseObject(byte[] document) {
    return requireObject(parse(document));
  }

  /**
   * Reads a document that has to be an object.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-001 to -005
   */
  public ObjectNode parseObject(String document) {
    return requireObject(parse(document));
  }

  /** The text to send: the canonical text, in UTF-8, with all fields. */
  public static byte[] bytes(JsonNode node) {
    return CanonicalJson.text(node).getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode requireObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw WireError.NOT_AN_OBJECT.refuse("The document is no object.");
  }

  private void checkSize(int size) {
    if (size > limits.documentBytes()) {
      throw WireError.TOO_LARGE.refuse(
          "The document has " + size + " bytes; the limit is " + limits.documentBytes() + ".");
    }
  }

  private static boolean hasZeroAhead(byte[] document) {
    for (int i = 0; i < Math.min(4, document.length); i++) {
      if (document[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException refusal(IOException e) {
    return e instanceof StreamConstraintsException
        ? WireError.BEYOND_LIMIT.refuse("The document is beyond a limit of the parser.", e)
        : WireError.NOT_JSON.refuse("The document is not JSON.", e);
  }

  private static JsonNode read(JsonParser parser) throws IOException {
    JsonNode root = value(parser, parser.nextToken());
    if (parser.nextToken() != null) {
      throw WireError.NOT_JSON.refuse("Something follows the document.");
    }
    return root;
  }

  private static JsonNode value(JsonParser parser, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw WireError.NOT_JSON.refuse("The document is empty.");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> floating(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw WireError.NOT_JSON.refuse("The document has " + token + " out of place.");
    };
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.set(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static JsonNode floating(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      String text = parser.getText();
      // The parser also knows INF and +Infinity; genuine peers do not.
      if (text.endsWith("INF") || text.startsWith("+")) {
        throw WireError.NOT_JSON.refuse("The document has the bare word " + text + ".");
      }
    }
    return NODES.numberNode(value);
  }
}

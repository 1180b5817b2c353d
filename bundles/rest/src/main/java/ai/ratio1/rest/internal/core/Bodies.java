package ai.ratio1.rest.internal.core;

import ai.ratio1.base.Bytes32;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads the bodies of requests inside limits; every mistake is a problem that names the field. */
final class Bodies {

  private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(4).maxStringLength(4096).build())
              .build());

  private Bodies() {}

  static JsonNode object(byte[] body) {
    JsonNode wish;
    try {
      wish = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw RestError.BAD_REQUEST.because("The body is not JSON.");
    } catch (IOException e) {
      throw RestError.BAD_REQUEST.because("The body is not readable.");
    }
    if (wish == null || !wish.isObject()) {
      throw RestError.BAD_REQUEST.because("The body is no JSON object.");
    }
    return wish;
  }

  static String text(JsonNode wish, String name) {
    String text = wish.path(name).textValue();
    if (text == null) {
      throw RestError.BAD_REQUEST.because(name + " is missing or no text.");
    }
    return text;
  }

  static Bytes32 hash(JsonNode wish, String name) {
    String text = text(wish, name);
    if (!HASH.matcher(text).matches()) {
      throw RestError.BAD_REQUEST.because(name + " has to be 0x and 64 hexadecimal digits.");
    }
    return Bytes32.parse(text);
  }

  static long number(JsonNode wish, String name, long most) {
    JsonNode field = wish.path(name);
    if (!field.isIntegralNumber()
        || !field.canConvertToLong()
        || field.longValue() < 0
        || field.longValue() > most) {
      throw RestError.BAD_REQUEST.because(name + " has to be a number from 0 to " + most + ".");
    }
    return field.longValue();
  }
}

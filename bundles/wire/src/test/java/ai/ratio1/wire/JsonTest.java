package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private final Json json = new Json(JsonLimits.DEFAULT);

  @Test
  void takesTheLastOfEqualNames() {
    assertThat(CanonicalJson.text(json.parse("{\"a\":1,\"b\":2,\"a\":{\"c\":3}}")))
        .isEqualTo("{\"a\":{\"c\":3},\"b\":2}");
  }

  @Test
  void keepsIntegersAndDoublesApart() {
    JsonNode numbers = json.parse("[1,1.0,1e0,-0,-0.0,1e400,-1e400,1e-400,18446744073709551616]");
    assertThat(CanonicalJson.text(numbers))
        .isEqualTo("[1,1.0,1.0,0,-0.0,null,null,0.0,18446744073709551616]");
  }

  @Test
  void takesTheBareWordsThatGenuinePeersTake() {
    assertThat(CanonicalJson.text(json.parse("[NaN,Infinity,-Infinity]")))
        .isEqualTo("[null,null,null]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "{\"a\":}",
        "{\"a\"1}",
        "[1,]",
        "{,}",
        "nul",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "INF",
        "-INF",
        "+INF",
        "+Infinity",
        "nan",
        "'a'",
        "\"\t\"",
        "\"\\x\"",
        "1 2",
        "{} {}",
        "[1]]",
        "// c\n1",
        "\ufeff{}",
        "\"abc",
        "{\"a\":1",
        "\u0000",
        "True"
      })
  void refusesWhatIsNotJson(String text) {
    assertRefused(WireError.NOT_JSON, text);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertRefused(WireError.NOT_UTF8, new byte[] {'"', (byte) 0xff, '"'});
    // An overlong NUL, half of a surrogate pair, a cut sequence.
    assertRefused(WireError.NOT_UTF8, new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'});
    assertRefused(WireError.NOT_UTF8, new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
    assertRefused(WireError.NOT_UTF8, new byte[] {'"', (byte) 0xe2, (byte) 0x82});
  }

  @Test
  void doesNotGuessOtherEncodings() {
    assertRefused(WireError.NOT_JSON, "{}".getBytes(StandardCharsets.UTF_16BE));
    assertRefused(WireError.NOT_JSON, "{}".getBytes(StandardCharsets.UTF_16LE));
    assertRefused(WireError.NOT_UTF8, "{}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void refusesATooLargeDocumentBeforeReadingIt() {
    byte[] ten = new byte[10 * 1024 * 1024];
    Arrays.fill(ten, (byte) '[');
    assertRefused(WireError.TOO_LARGE, ten);
  }

  @Test
  void refusesEveryLimitWithItsCode() {
    Json small = new Json(new JsonLimits(400, 3, 5, 10, 6, 20));
    assertThat(small.parse("[[[1]]]")).isNotNull();
    for (String text :
        new String[] {
          "[[[[1]]]]",
          "{\"abcdef\":1}",
          "\"12345678901\"",
          "1234567",
          "0.12345678",
          "[1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2]",
        }) {
      assertRefused(small, WireError.BEYOND_LIMIT, text);
    }
    assertRefused(small, WireError.TOO_LARGE, "[" + "1,".repeat(200) + "1]");
  }

  @Test
  void refusesAMillionBrackets() {
    assertRefused(WireError.BEYOND_LIMIT, "[".repeat(1_000_000));
    assertRefused(WireError.BEYOND_LIMIT, "{\"a\":".repeat(300_000));
    assertRefused(WireError.BEYOND_LIMIT, "[" + "[],".repeat(600_000) + "[]]");
  }

  @Test
  void refusesAMessageThatIsNoObject() {
    assertThatThrownBy(() -> json.parseObject("[1]"))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.NOT_AN_OBJECT.code()));
  }

  @Property(tries = 5_000)
  void raisesNothingButCodedRefusalsOnRandomBytes(@ForAll @Size(max = 60) byte[] bytes) {
    parseOrRefuse(bytes);
  }

  @Property(tries = 10_000)
  void raisesNothingButCodedRefusalsOnAlmostJson(@ForAll @Size(max = 40) byte[] choices) {
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"a\"",
      "1",
      "-",
      "0.5",
      "e5",
      "NaN",
      "Infinity",
      "true",
      "null",
      "\\ud800",
      "\"\\ud800\"",
      " ",
      "\u0000",
      "é",
      "\"",
      "\\",
      "I",
      "INF"
    };
    StringBuilder text = new StringBuilder();
    for (byte choice : choices) {
      text.append(pieces[Byte.toUnsignedInt(choice) % pieces.length]);
    }
    parseOrRefuse(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void parseOrRefuse(byte[] bytes) {
    try {
      assertThat(json.parse(bytes)).isNotNull();
    } catch (R1Exception e) {
      assertThat(e.code().text()).startsWith("R1-WIRE-00");
      assertThat(e.nextStep()).isNotBlank();
    }
  }

  private void assertRefused(WireError error, byte[] document) {
    assertThatThrownBy(() -> json.parse(document))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  private void assertRefused(WireError error, String document) {
    assertRefused(json, error, document);
    if (!document.startsWith("\ufeff")) {
      assertRefused(error, document.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void assertRefused(Json json, WireError error, String document) {
    assertThatThrownBy(() -> json.parse(document))
        .as(document.length() < 50 ? document : "long document")
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }
}

package ai.ratio1.broker.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderScanTest {

  private static final String ME = "0xai_me";
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EE_SENDER\":\"0xai_me\"}",
        " { \"EE_SENDER\" : \"0xai_me\" } \n",
        "{\"A\":1,\"EE_SENDER\":\"0xai_me\",\"EE_ADDR\":\"0xai_me\"}",
        "{\"A\":{\"EE_SENDER\":\"0xai_you\"},\"EE_SENDER\":\"0xai_me\"}",
        "{\"A\":[\"}\",{\"B\":\"\\\"]\"}],\"EE_SENDER\":\"0xai_me\",\"C\":-1.5e3,\"D\":null}",
        "{\"A\":\"\\\\\",\"EE_SENDER\":\"0xai_me\",\"EE_SENDER\":\"0xai_me\"}"
      })
  void acceptsMessagesInOnesOwnName(String json) {
    assertThat(isFromMe(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[\"EE_SENDER\",\"0xai_me\"]",
        "{\"EE_SENDER\":\"0xai_you\"}",
        "{\"EE_SENDER\":\"0xai_me2\"}",
        "{\"EE_SENDER\":[\"0xai_me\"]}",
        "{\"EE_SENDER\":null}",
        "{\"EE_ADDR\":\"0xai_me\"}",
        "{\"A\":{\"EE_SENDER\":\"0xai_me\"}}",
        "{\"EE_SENDER\":\"0xai_me\",\"EE_SENDER\":\"0xai_you\"}",
        "{\"EE_SENDER\":\"0xai_you\",\"EE_SENDER\":\"0xai_me\"}",
        "{\"EE_SENDER\":\"0xai_me\",\"EE_ADDR\":\"0xai_you\"}",
        "{\"EE_SENDER\":\"0xai_me\",\"\\u0045E_SENDER\":\"0xai_you\"}",
        "{\"EE_SENDER\":\"\\u0030xai_me\"}",
        "{\"EE_SENDER\":\"0xai_me\"}{\"EE_SENDER\":\"0xai_you\"}",
        "{\"EE_SENDER\":\"0xai_me\"} x",
        "{\"EE_SENDER\":\"0xai_me\"",
        "{\"EE_SENDER\":\"0xai_me\",}",
        "{\"EE_SENDER\" \"0xai_me\"}",
        "{\"A\":\"unended,\"EE_SENDER\":\"0xai_me\"}",
        "{'EE_SENDER':\"0xai_me\"}",
        "\uFEFF{\"EE_SENDER\":\"0xai_me\"}"
      })
  void refusesEverythingElse(String json) {
    assertThat(isFromMe(json)).isFalse();
  }

  @Property
  void agreesWithAParserOnWhoSentADocument(@ForAll("documents") Map<String, Object> document)
      throws Exception {
    String json = JSON.writeValueAsString(document);
    JsonNode parsed = JSON.readTree(json);
    boolean sender = parsed.path("EE_SENDER").asText().equals(ME);
    boolean address = !parsed.has("EE_ADDR") || parsed.path("EE_ADDR").asText().equals(ME);
    boolean plainNames =
        document.keySet().stream().noneMatch(name -> name.matches("(?s).*[\"\\\\\n].*"));
    assertThat(isFromMe(json)).isEqualTo(sender && address && plainNames);
  }

  @Property
  void neverFailsOnArbitraryBytes(@ForAll byte[] bytes) {
    assertThat(SenderScan.isFrom(ByteBuffer.wrap(bytes), ME)).isFalse();
  }

  @Provide
  Arbitrary<Map<String, Object>> documents() {
    Arbitrary<String> names = Arbitraries.of("EE_SENDER", "EE_ADDR", "A", "ä", "x\"y", "b\\", "\n");
    Arbitrary<Object> values =
        Arbitraries.of(
            ME, "0xai_you", 1, -2.5, true, Map.of("EE_SENDER", ME), new int[] {1, 2}, "q\"}", "\\");
    return Arbitraries.maps(names, values).ofMaxSize(6);
  }

  private static boolean isFromMe(String json) {
    return SenderScan.isFrom(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), ME);
  }
}

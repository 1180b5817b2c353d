package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.Vectors.Vector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text that is hashed, for every vector. */
class CanonicalJsonVectorsTest {

  private final Json json = new Json(JsonLimits.DEFAULT);

  static List<Vector> current() {
    return Vectors.of("canonical_json");
  }

  static List<Vector> legacy() {
    return Vectors.of("canonical_json_legacy");
  }

  static List<Vector> python() {
    return Vectors.of("canonical_json_python");
  }

  static List<Vector> compact() {
    return Vectors.of("compact_canonical");
  }

  @ParameterizedTest
  @MethodSource
  void current(Vector vector) throws Exception {
    String received = vector.in("json_text");
    if (vector.expected().has("error")) {
      assertRefused(received);
    } else if (vector.expected().has("text")) {
      assertThat(CanonicalJson.indented(json.parse(received), 1)).isEqualTo(vector.out("text"));
    } else if (vector.id().endsWith(".ascii_engine")) {
      // What an engine that must not be used gives: another text for the same data.
      String ours = CanonicalJson.text(json.parse(received));
      assertThat(ours).isNotEqualTo(vector.out("canonical_text"));
      assertThat(CanonicalJson.text(json.parse(vector.out("canonical_text")))).isEqualTo(ours);
    } else {
      assertText(vector, CanonVersion.V2);
    }
  }

  @ParameterizedTest
  @MethodSource
  void legacy(Vector vector) throws Exception {
    assertText(vector, CanonVersion.V1);
  }

  @ParameterizedTest
  @MethodSource
  void python(Vector vector) throws Exception {
    if (vector.input().has("json_text")) {
      current(vector);
      return;
    }
    ObjectNode produced =
        switch (vector.id()) {
          case "canonical_python.int_key" ->
              Json.object().put("2", "a").put("10", "b").put("1", "c");
          case "canonical_python.float_key" -> Json.object().put("1.5", 1).put("2.0", 2);
          case "canonical_python.native_types" -> nativeTypes();
          default -> throw new AssertionError("no producer for " + vector);
        };
    assertThat(CanonicalJson.text(produced)).isEqualTo(vector.out("canonical_text"));
  }

  @ParameterizedTest
  @MethodSource
  void compact(Vector vector) {
    ObjectNode request = json.parseObject(vector.in("json_text"));
    assertThat(CanonicalJson.text(request)).isEqualTo(vector.out("text"));
    assertThat(HexFormat.of().formatHex(CanonicalJson.sha256(request)))
        .isEqualTo(vector.out("sha256_hex"));
  }

  private void assertText(Vector vector, CanonVersion version) throws Exception {
    ObjectNode message = json.parseObject(vector.in("json_text"));
    String text = CanonicalJson.signedText(message, version);
    assertThat(text).isEqualTo(vector.out("canonical_text"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(CanonicalJson.hash(message, version)).isEqualTo(hash);
    if (vector.expected().has("sha256_hex")) {
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(vector.out("sha256_hex"));
    }
    if (vector.expected().has("canonical_utf8_length")) {
      assertThat(bytes).hasSize(vector.expected().get("canonical_utf8_length").intValue());
    }
  }

  private void assertRefused(String received) {
    ObjectNode message = json.parseObject(received);
    assertThatThrownBy(() -> CanonicalJson.signedText(message, CanonVersion.V2))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.NOT_CANONICAL.code()));
  }

  private static ObjectNode nativeTypes() {
    Instant time = Instant.parse("2026-01-02T03:04:05.678901Z");
    ObjectNode object = Json.object().put("t", WireTime.seconds(time)).put("i", 7L);
    object.put("f", 0.1f).put("g", 0.1);
    object.putArray("arr").add(Json.array().add(1).add(2)).add(Json.array().add(3).add(4));
    return object;
  }
}

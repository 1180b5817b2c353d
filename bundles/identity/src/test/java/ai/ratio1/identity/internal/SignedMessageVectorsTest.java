package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.CanonVersion;
import ai.ratio1.wire.CanonicalJson;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups sign, verify and dauth on both engines. */
class SignedMessageVectorsTest {

  private final Json json = new Json(JsonLimits.DEFAULT);

  static List<Arguments> signs() {
    return Engines.with(Vectors.of("sign"));
  }

  static List<Arguments> verifies() {
    return Engines.with(Vectors.of("verify"));
  }

  static List<Arguments> dauth() {
    return Engines.with(Vectors.of("dauth"));
  }

  @ParameterizedTest
  @MethodSource
  void signs(Curve curve, Vector vector) throws Exception {
    NodeKey key = Engines.key(curve, vector.in("scalar_hex"));
    ObjectNode message = json.parseObject(vector.in("message_json_text"));
    if (vector.expected().has("EE_ETH_SIGN")) {
      SignedMessage.signForEvm(message, key);
      assertThat(message.get("EE_ETH_SIGN").textValue()).isEqualTo(vector.out("EE_ETH_SIGN"));
    } else {
      SignedMessage.sign(message, key);
    }
    assertThat(CanonicalJson.signedText(message, CanonVersion.V2))
        .isEqualTo(vector.out("hashed_text"));
    assertThat(message.get("EE_HASH").textValue()).isEqualTo(vector.out("EE_HASH"));
    if (vector.expected().has("ecdsa_digest_hex")) {
      byte[] hash = HexFormat.of().parseHex(vector.out("EE_HASH"));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.out("ecdsa_digest_hex"));
    }
    vector
        .expected()
        .path("added_fields")
        .properties()
        .forEach(
            field ->
                assertThat(message.get(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue()));
    assertThat(verdict(curve, message)).isEqualTo("<Signature OK>");
    if (vector.expected().has("example_EE_SIGN")) {
      message.put("EE_SIGN", vector.out("example_EE_SIGN"));
      assertThat(verdict(curve, message)).isEqualTo("<Signature OK>");
    }
  }

  @ParameterizedTest
  @MethodSource
  void verifies(Curve curve, Vector vector) throws Exception {
    ObjectNode message = json.parseObject(vector.in("message_json_text"));
    if (vector.id().equals("verify.noeth_engine_on_eth_message")) {
      // A receiver must always leave the EVM fields out, so the message is valid here.
      assertThat(verdict(curve, message)).isEqualTo("<Signature OK>");
      message = asSeenWithoutEvm(message);
    }
    boolean onlyAllowed = vector.input().path("verify_allowed").booleanValue();
    Verdict verdict =
        SignedMessage.verify(message, Engines.signatures(curve), sender -> !onlyAllowed);
    assertThat(verdict.reason()).isEqualTo(vector.out("message"));
    assertThat(verdict.isValid()).isEqualTo(vector.expected().get("valid").booleanValue());
  }

  /** To an engine whose EVM support is off, the EVM fields are like any other field. */
  private static ObjectNode asSeenWithoutEvm(ObjectNode message) {
    ObjectNode seen = message.deepCopy();
    for (String field : List.of(SignedMessage.ETH_SENDER, SignedMessage.ETH_SIGN)) {
      seen.set("ordinary " + field, seen.remove(field));
    }
    return seen;
  }

  @ParameterizedTest
  @MethodSource
  void dauth(Curve curve, Vector vector) {
    // Written and read again by the library under test: the vector holds objects, not texts.
    ObjectNode request = json.parseObject(vector.input().get("request_json").toString());
    ObjectNode answer = json.parseObject(vector.expected().get("response_json").toString());
    JsonNode requestValid = vector.expected().get("request_signature_valid");
    if (!requestValid.isNull()) {
      assertThat(verdict(curve, (ObjectNode) request.get("body")).equals("<Signature OK>"))
          .isEqualTo(requestValid.booleanValue());
    } else {
      assertThat(verdict(curve, (ObjectNode) request.get("body")))
          .isEqualTo("Sender address is NULL");
    }
    assertThat(verdict(curve, (ObjectNode) answer.get("result")).equals("<Signature OK>"))
        .isEqualTo(vector.expected().get("result_signature_valid").booleanValue());
  }

  private static String verdict(Curve curve, ObjectNode message) {
    return SignedMessage.verify(message, Engines.signatures(curve)).reason();
  }
}

package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.wire.CanonVersion;
import ai.ratio1.wire.CanonicalJson;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.compat.OracleSyncSignatures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The inner signatures of genuine oracles on both engines. */
class OracleSyncVectorsTest {

  static List<Arguments> oraclesync() {
    return Engines.with(Vectors.of("oraclesync"));
  }

  @ParameterizedTest
  @MethodSource
  void oraclesync(Curve curve, Vector vector) {
    Signatures signatures = Engines.signatures(curve);
    JsonNode input = vector.input();
    if (input.has("entry")) {
      assertMedianEntry(vector, signatures);
    } else if (input.has("oracle_data")) {
      assertHistory(vector, signatures);
    } else {
      assertAgreement(vector, signatures);
    }
  }

  private static void assertMedianEntry(Vector vector, Signatures signatures) {
    ObjectNode entry = (ObjectNode) vector.input().get("entry");
    ObjectNode restored =
        OracleSyncSignatures.medianEntry(
            entry, vector.input().get("epoch").longValue(), vector.in("node"));
    assertThat(CanonicalJson.text(restored))
        .isEqualTo(CanonicalJson.text(vector.expected().get("restored")));
    assertThat(isValid(restored, signatures)).isEqualTo(expected(vector, "signature_valid"));
    assertThat(isValid(entry, signatures)).isEqualTo(expected(vector, "without_restoring_valid"));
  }

  private static void assertHistory(Vector vector, Signatures signatures) {
    ObjectNode data = (ObjectNode) vector.input().get("oracle_data");
    long epoch = vector.input().get("epoch").longValue();
    Map<String, Integer> table = OracleSyncSignatures.table(data, epoch);
    assertThat(table).isEqualTo(table(vector.expected().get("expanded_table")));
    ObjectNode signature =
        (ObjectNode)
            data.get("EPOCH__AGREEMENT_SIGNATURES")
                .get(Long.toString(epoch))
                .get(vector.in("signer_id"));
    assertThat(signature.get(SignedMessage.SENDER).textValue()).isEqualTo(vector.out("signer"));
    assertThat(isValid(OracleSyncSignatures.agreement(signature, table, epoch), signatures))
        .isEqualTo(expected(vector, "signature_valid"));
    ObjectNode nameless = data.deepCopy();
    nameless.withObjectProperty("ID_TO_NODE_ADDRESS").remove("0");
    assertThat(OracleSyncSignatures.table(nameless, epoch)).isEmpty();
  }

  private static void assertAgreement(Vector vector, Signatures signatures) {
    String field = vector.input().has("signature") ? "signature" : "signature_on_wire";
    ObjectNode signature = (ObjectNode) vector.input().get(field);
    long epoch = vector.input().get("epoch").longValue();
    Map<String, Integer> table = table(vector.input().get("table"));
    ObjectNode restored = OracleSyncSignatures.agreement(signature, table, epoch);
    assertThat(CanonicalJson.signedText(restored, CanonVersion.V2))
        .isEqualTo(vector.out("hashed_text"));
    assertThat(isValid(restored, signatures)).isEqualTo(expected(vector, "signature_valid"));
    restored.withObjectProperty("COMPILED_AGREED_MEDIAN_TABLE").put("0xai_absent", 0);
    assertThat(isValid(restored, signatures)).isFalse();
  }

  private static Map<String, Integer> table(JsonNode object) {
    Map<String, Integer> table = new TreeMap<>();
    object.properties().forEach(entry -> table.put(entry.getKey(), entry.getValue().intValue()));
    return table;
  }

  private static boolean isValid(ObjectNode message, Signatures signatures) {
    return SignedMessage.verify(message, signatures).isValid();
  }

  private static boolean expected(Vector vector, String field) {
    return vector.expected().get(field).booleanValue();
  }
}

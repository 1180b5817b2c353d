package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.WireError;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats of requests and answers, against those of genuine peers. */
class DAuthFormatTest {

  private final Json json = new Json(JsonLimits.DEFAULT);
  private final Signatures signatures = Engines.signatures(Engines.JAVA);
  private final NodeKey node = new NodeKey(Engines.JAVA, NodeKey.generate(new Random(1)));
  private final NodeKey oracle = new NodeKey(Engines.JAVA, NodeKey.generate(new Random(2)));
  private final DAuthRequest request =
      new DAuthRequest(
          "abcd1234",
          "node-a",
          Optional.of("2.10.370"),
          Optional.of("3.5.49"),
          Optional.empty(),
          Optional.of(Instant.parse("2026-11-20T12:21:33.5Z")),
          Optional.of("one-process"));

  static List<Vector> genuine() {
    return Vectors.of("dauth");
  }

  @Test
  void aRequestComesBackAsItWasSent() {
    ObjectNode posted = json.parseObject(Json.bytes(request.compose(node)));
    ObjectNode body = DAuthRequest.body(posted);
    assertThat(SignedMessage.verify(body, signatures).isValid()).isTrue();
    assertThat(DAuthRequest.read(body)).isEqualTo(request);
    assertThat(body.get("timestamp").textValue()).isEqualTo("2026-11-20T12:21:33.500Z");
  }

  @Test
  void aRequestHasTheFieldsOfAGenuineOneAndTwoMore() {
    ObjectNode genuine = (ObjectNode) vector("dauth.node_sdk").input().at("/request_json/body");
    Set<String> expected = names(genuine);
    expected.addAll(List.of("timestamp", "instance"));
    assertThat(names(DAuthRequest.body(request.compose(node)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void readsGenuineRequests(Vector vector) {
    DAuthRequest read =
        DAuthRequest.read(DAuthRequest.body((ObjectNode) vector.input().get("request_json")));
    assertThat(read.timestamp()).isEmpty();
    if (vector.id().equals("dauth.empty")) {
      assertThat(read.nonce()).isEmpty();
      assertThat(read.alias()).isEqualTo("direct-call");
    } else {
      assertThat(read.nonce()).isNotEmpty();
      assertThat(read.sdkVersion()).hasValue("3.5.49");
    }
  }

  @ParameterizedTest
  @MethodSource("genuine")
  void readsGenuineAnswers(Vector vector) {
    ObjectNode document = (ObjectNode) vector.expected().get("response_json");
    String sender = DAuthAnswer.result(document).get("EE_SENDER").textValue();
    var address = signatures.parse(sender).orElseThrow();
    DAuthAnswer read = DAuthAnswer.read(document, address, signatures.evmAddress(address));
    assertThat(read.isAccepted()).isEqualTo(vector.id().equals("dauth.node_sdk"));
    assertThat(read.message()).isNotBlank();
    assertThat(read.server().alias()).isEqualTo("real-node-2");
    assertThat(read.server().network()).isEqualTo("mainnet");
    assertThat(read.nonce()).isEmpty();
    assertThat(read.asker().isPresent()).isEqualTo(!vector.id().equals("dauth.empty"));
    if (read.isAccepted()) {
      assertThat(read.setting("EE_MQTT_HOST")).hasValue("127.0.0.1");
      assertThat(read.setting("EE_MINIO_SECURE")).isEmpty();
      assertThat(read.setting("EE_SECURED")).hasValue("1");
    }
  }

  @Test
  void anAnswerComesBackAsItWasSent() {
    DAuthAnswer sent = answer(Map.of("EE_MQTT_HOST", DAuthAnswer.value("broker")));
    ObjectNode received = json.parseObject(Json.bytes(sent.compose(oracle)));
    assertThat(SignedMessage.verify(DAuthAnswer.result(received), signatures).isValid()).isTrue();
    assertThat(DAuthAnswer.read(received, oracle.address(), oracle.evmAddress())).isEqualTo(sent);
  }

  @Test
  void anAnswerHasTheFieldsOfAGenuineOneAndTheNonce() {
    ObjectNode genuine = (ObjectNode) vector("dauth.node_sdk").expected().get("response_json");
    ObjectNode ours = answer(Map.of("EE_MQTT_HOST", DAuthAnswer.value("broker"))).compose(oracle);
    assertThat(names(ours)).isEqualTo(names(genuine));
    Set<String> expected = names(DAuthAnswer.result(genuine));
    expected.add("nonce");
    assertThat(names(DAuthAnswer.result(ours))).isEqualTo(expected);
    assertThat(names((ObjectNode) ours.at("/result/server_info")))
        .isEqualTo(names((ObjectNode) genuine.at("/result/server_info")));
  }

  @Test
  void aRefusalCarriesNoSettings() {
    ObjectNode refusal = answer(Map.of()).compose(oracle);
    assertThat(names((ObjectNode) refusal.at("/result/auth"))).containsExactly("error");
    assertThat(DAuthAnswer.read(refusal, oracle.address(), oracle.evmAddress()).isAccepted())
        .isFalse();
  }

  @Test
  void refusesMalformedDocuments() {
    assertRefused(() -> DAuthRequest.body(Json.object()));
    assertRefused(() -> DAuthRequest.body(json.parseObject("{\"body\":[]}")));
    assertRefused(() -> DAuthAnswer.result(json.parseObject("{\"result\":1}")));
    assertRefused(() -> DAuthRequest.read(Json.object().put("nonce", 7)));
    assertRefused(() -> DAuthRequest.read(Json.object().put("timestamp", "yesterday")));
    assertRefused(() -> DAuthRequest.read(Json.object().put("sender_alias", "a".repeat(257))));
  }

  private DAuthAnswer answer(Map<String, com.fasterxml.jackson.databind.JsonNode> settings) {
    return new DAuthAnswer(
        new DAuthAnswer.Server(
            oracle.address(),
            oracle.evmAddress(),
            "oracle-1",
            "devnet",
            "0.1.0",
            "2026-11-20 12:21:33",
            7,
            "0:00:37"),
        "INFO: welcome",
        settings,
        settings.isEmpty() ? List.of() : List.of(oracle.address() + "  oracle-1"),
        Optional.of(new DAuthAnswer.Asker("0xe0", Optional.of("node"), false)),
        Optional.of("abcd1234"));
  }

  private static Vector vector(String id) {
    return Vectors.of("dauth").stream().filter(v -> v.id().equals(id)).findFirst().orElseThrow();
  }

  private static Set<String> names(ObjectNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void assertRefused(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.BAD_FIELD.code()));
  }
}

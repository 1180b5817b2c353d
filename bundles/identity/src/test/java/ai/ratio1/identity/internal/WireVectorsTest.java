package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.identity.internal.core.SenderSide;
import ai.ratio1.wire.Compression;
import ai.ratio1.wire.InflateLimits;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.ReceivedEnvelope;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Topics;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.Verdict;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages captured from genuine nodes and clients: verified, decoded, opened. */
class WireVectorsTest {

  private static final String ROOT = "root";

  private final Json json = new Json(JsonLimits.DEFAULT);

  static List<Arguments> wire() {
    return Engines.with(Vectors.of("wire"));
  }

  @ParameterizedTest
  @MethodSource
  void wire(Curve curve, Vector vector) {
    ObjectNode message = json.parseObject(vector.in("wire_text"));
    Verdict verdict = SignedMessage.verify(message, Engines.signatures(curve));
    assertThat(verdict.isValid())
        .isEqualTo(vector.expected().get("signature_valid").booleanValue());
    assertThat(message.get("EE_HASH").textValue()).isEqualTo(vector.out("EE_HASH"));
    assertTopic(vector, message);
    if (vector.expected().has("decoded")) {
      assertThat(decoded(message))
          .isEqualTo(json.parse(vector.expected().get("decoded").toString()));
    }
    if (vector.expected().has("oracle_data")) {
      assertThat(message.get("ORACLE_DATA"))
          .isEqualTo(json.parse(vector.expected().get("oracle_data").toString()));
    }
    if (vector.expected().has("inner_signature_valid")) {
      ObjectNode inner = (ObjectNode) message.get("ORACLE_DATA");
      assertThat(SignedMessage.verify(inner, Engines.signatures(curve)).isValid())
          .isEqualTo(vector.expected().get("inner_signature_valid").booleanValue());
    }
    if (vector.expected().has("decrypted_text")) {
      assertOpens(curve, vector, message);
    }
  }

  /** Topics are composed from the message's own fields. */
  private static void assertTopic(Vector vector, ObjectNode message) {
    Topics topics = new Topics(ROOT);
    ReceivedEnvelope envelope = new ReceivedEnvelope(message);
    List<String> possible =
        envelope
            .event()
            .map(
                event ->
                    switch (event) {
                      case HEARTBEAT -> List.of(topics.ctrl());
                      case NOTIFICATION -> List.of(topics.notif());
                      case PAYLOAD -> payloadTopics(topics, envelope);
                    })
            .orElseGet(
                () ->
                    message.has("ACTION") || message.has("EE_ENCRYPTED_DATA")
                        ? commandTopics(topics, envelope)
                        : List.of());
    assertThat(possible).contains(vector.in("topic").replace("{root}", ROOT));
    assertThat(message.has("EE_TIMESTAMP")).isEqualTo(envelope.sentAt().isPresent());
  }

  private static List<String> payloadTopics(Topics topics, ReceivedEnvelope envelope) {
    assertThat(envelope.path().alias()).isPresent();
    return envelope.destinations().isEmpty()
        ? List.of(topics.payloads())
        : envelope.destinations().stream().map(NodeAddress::new).map(topics::payloads).toList();
  }

  private static List<String> commandTopics(Topics topics, ReceivedEnvelope envelope) {
    return envelope.destinations().stream()
        .map(NodeAddress::new)
        .flatMap(node -> List.of(topics.config(node), topics.payloads(node)).stream())
        .toList();
  }

  private JsonNode decoded(ObjectNode message) {
    String text =
        Compression.inflate(message.get("ENCODED_DATA").textValue(), InflateLimits.DEFAULT)
            .orElseThrow();
    return json.parse(text);
  }

  /**
   * Opens as every receiver whose key is known. The key of a pair is the same on both sides, so
   * what a known sender sealed for an unknown receiver is opened from the sender's side.
   */
  private static void assertOpens(Curve curve, Vector vector, ObjectNode message) {
    Map<String, NodeKey> keys =
        Vectors.of("wire_keys").stream()
            .collect(
                Collectors.toMap(
                    key -> key.id().substring("wire.key.".length()),
                    key -> Engines.key(curve, key.in("scalar_hex"))));
    String sealed = message.get("EE_ENCRYPTED_DATA").textValue();
    NodeAddress sender = new NodeAddress(message.get("EE_SENDER").textValue());
    int opened = 0;
    for (JsonNode receiver : vector.expected().get("receivers")) {
      NodeKey key = keys.get(receiver.asText());
      if (key != null) {
        assertThat(Engines.sealer(curve, key).open(sealed, sender))
            .hasValue(vector.out("decrypted_text"));
        opened++;
      }
    }
    if (opened == 0) {
      NodeKey own =
          keys.values().stream()
              .filter(key -> key.address().equals(sender))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no key for " + vector));
      NodeAddress receiver = new NodeAddress(new ReceivedEnvelope(message).destinations().get(0));
      assertThat(SenderSide.open(curve, own, receiver, sealed))
          .hasValue(vector.out("decrypted_text"));
    }
    NodeKey outsider = Engines.key(curve, "11".repeat(32));
    assertThat(Engines.sealer(curve, outsider).open(sealed, sender)).isEmpty();
  }
}

package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Sealer;
import ai.ratio1.wire.Vectors.Vector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final NodeAddress NODE =
      new NodeAddress("0xai_A24VRS7pvaUkn-k2pTm9ycJwOHZxNkpEy5qDyb19uIyz");
  private static final NodeAddress PEER =
      new NodeAddress("0xai_A_doK2Qe1QEBlvrryGwhIbR2tFWzzCqQGEObW92o29qj");
  private static final Instant NOW = Instant.parse("2026-11-20T11:57:46.982555Z");
  private static final UUID ID = UUID.fromString("f6030544-29d3-4643-ba58-7607999e24d1");
  private static final Envelope.Author AUTHOR = new Envelope.Author(NODE, "node-a", "0.1.0");

  private final Json json = new Json(JsonLimits.DEFAULT);

  @Test
  void aHeartbeatHasEveryFieldOfAGenuineOne() {
    ObjectNode genuine = captured("wire.heartbeat.v2.later");
    ObjectNode body = Json.object().put("HEARTBEAT_VERSION", "v2").put("ENCODED_DATA", "x");
    body.put("NR_INFERENCES", 0).put("NR_PAYLOADS", 0).put("NR_STREAMS_DATA", 0);
    ObjectNode ours = beat(body).sequence(21, 22).compose();

    assertThat(names(ours)).isEqualTo(unsigned(genuine));
    genuine
        .properties()
        .forEach(
            field -> {
              if (ours.has(field.getKey())) {
                assertThat(ours.get(field.getKey()).getNodeType())
                    .as(field.getKey())
                    .isEqualTo(field.getValue().getNodeType());
              }
            });
  }

  @Test
  void aSealedPayloadHasOutsideWhatAGenuineOneHas() {
    ObjectNode genuine = captured("wire.netconfig.get.node");
    ObjectNode message =
        Envelope.of(Envelope.Event.PAYLOAD, AUTHOR, Json.object().put("SECRET", 7), NOW, ID)
            .compose();
    ReversingSealer sealer = new ReversingSealer();
    ObjectNode outer = SealedEnvelope.seal(message, List.of(PEER), sealer);

    assertThat(names(outer)).isEqualTo(unsigned(genuine));
    assertThat(outer.get("EE_IS_ENCRYPTED").booleanValue()).isTrue();
    ObjectNode inner = SealedEnvelope.open(outer, NODE, sealer, json).orElseThrow();
    assertThat(inner.get("SECRET").intValue()).isEqualTo(7);
    assertThat(inner.get("EE_DEST")).isEqualTo(outer.get("EE_DEST"));
    assertThat(message.get("EE_IS_ENCRYPTED").booleanValue()).isFalse();
  }

  @Test
  void aSealedTextThatIsNoObjectOpensToNothing() {
    ReversingSealer sealer = new ReversingSealer();
    ObjectNode outer = Json.object().put("EE_ENCRYPTED_DATA", "]1[");
    assertThat(SealedEnvelope.open(outer, NODE, sealer, json)).isEmpty();
    assertThat(SealedEnvelope.open(Json.object(), NODE, sealer, json)).isEmpty();
  }

  @Test
  void commandsHaveTheFieldsOfGenuineOnes() {
    Command command =
        new Command(PEER, "ARCHIVE_CONFIG", DAuthAnswer.value("peer_test"), "s1", "client");
    assertThat(names(command.compose(NOW)))
        .isEqualTo(unsigned(captured("wire.command.plain.archive_config")));
    ObjectNode sealed = command.seal(NOW, new ReversingSealer());
    assertThat(names(sealed)).isEqualTo(unsigned(captured("wire.command.archive_config")));
    String text =
        new StringBuilder(sealed.get("EE_ENCRYPTED_DATA").textValue()).reverse().toString();
    assertThat(json.parse(text).get("ACTION").textValue()).isEqualTo("ARCHIVE_CONFIG");
  }

  @Test
  void readsWhatItComposed() {
    ObjectNode message =
        beat(Json.object())
            .path(PayloadPath.ofPlugin("node-a", "p", "SIG", "i"))
            .to(List.of(PEER))
            .session("s")
            .initiator("client", PEER)
            .modifiedBy("other", NODE)
            .sequence(5, 9)
            .compose();
    ReceivedEnvelope read = new ReceivedEnvelope(json.parseObject(Json.bytes(message)));

    assertThat(read.event()).hasValue(Envelope.Event.HEARTBEAT);
    assertThat(read.sentAt()).hasValue(NOW);
    assertThat(read.sequence()).hasValue(5);
    assertThat(read.path()).isEqualTo(PayloadPath.ofPlugin("node-a", "p", "SIG", "i"));
    assertThat(read.destinations()).containsExactly(PEER.text());
    assertThat(read.isFor(PEER, "x")).isTrue();
    assertThat(read.isFor(NODE, "x")).isFalse();
    assertThat(read.isSealed()).isFalse();
    assertThat(read.text(Envelope.INITIATOR_ADDRESS)).hasValue(PEER.text());
  }

  @Test
  void readsTimesOfOtherZones() {
    ObjectNode message = Json.object().put("EE_TIMESTAMP", "2026-11-20 06:57:46.982555");
    assertThat(new ReceivedEnvelope(message.deepCopy().put("EE_TIMEZONE", "UTC--5")).sentAt())
        .hasValue(NOW);
    assertThat(new ReceivedEnvelope(message.deepCopy().put("EE_TIMEZONE", "UTC+5.5")).sentAt())
        .isEmpty();
    assertThat(new ReceivedEnvelope(message).sentAt()).hasValue(NOW.minusSeconds(5 * 3600));
  }

  @Test
  void believesNothingOfAHostileEnvelope() {
    ReceivedEnvelope hostile =
        new ReceivedEnvelope(
            json.parseObject(
                "{\"EE_DEST\":[1,null,{}],\"EE_PAYLOAD_PATH\":\"x\",\"EE_EVENT_TYPE\":7,"
                    + "\"EE_TIMESTAMP\":{},\"EE_TIMEZONE\":[],\"EE_MESSAGE_SEQ\":1e300,"
                    + "\"EE_IS_ENCRYPTED\":\"true\"}"));
    assertThat(hostile.event()).isEmpty();
    assertThat(hostile.sentAt()).isEmpty();
    assertThat(hostile.sequence()).isEmpty();
    assertThat(hostile.destinations()).isEmpty();
    assertThat(hostile.isSealed()).isFalse();
    assertThat(hostile.path().alias()).isEmpty();
  }

  @Test
  void topicsAreThoseOfTheNetwork() {
    Topics topics = new Topics("naeural");
    assertThat(topics.ctrl()).isEqualTo("naeural/ctrl");
    assertThat(topics.notif()).isEqualTo("naeural/notif");
    assertThat(topics.payloads()).isEqualTo("naeural/payloads");
    assertThat(topics.payloads(NODE)).isEqualTo("naeural/" + NODE + "/payloads");
    assertThat(topics.config(NODE)).isEqualTo("naeural/" + NODE + "/config");
    assertThat(topics.apbft()).isEqualTo("naeural/apbft");
    for (String root : List.of("", "a/b", "#", "+", "a b")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Topics(root))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Envelope beat(ObjectNode body) {
    return Envelope.of(Envelope.Event.HEARTBEAT, AUTHOR, body, NOW, ID);
  }

  private ObjectNode captured(String id) {
    Vector vector =
        Vectors.of("wire").stream().filter(v -> v.id().equals(id)).findFirst().orElseThrow();
    return json.parseObject(vector.in("wire_text"));
  }

  private static Set<String> names(ObjectNode message) {
    Set<String> names = new TreeSet<>();
    message.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> unsigned(ObjectNode message) {
    Set<String> names = names(message);
    names.removeAll(
        Set.of("EE_SENDER", "EE_SIGN", "EE_HASH", "SIGN_CANON_V", "EE_ETH_SIGN", "EE_ETH_SENDER"));
    return names;
  }

  /** Enough of a sealer to see what was sealed. */
  private static final class ReversingSealer implements Sealer {
    @Override
    public String seal(String plainText, NodeAddress receiver) {
      return new StringBuilder(plainText).reverse().toString();
    }

    @Override
    public String seal(String plainText, List<NodeAddress> receivers) {
      return seal(plainText, receivers.get(0));
    }

    @Override
    public Optional<String> open(String sealed, NodeAddress sender) {
      return Optional.of(seal(sealed, sender));
    }
  }
}

package ai.ratio1.oracleapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.AvailabilityClaim;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.WireTime;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Group oracle_api: put into the state of the genuine oracle that was recorded, ours answers the
 * same requests with the same fields, types and values; and ours believes the recorded signatures.
 */
class GenuineAnswersTest {

  /**
   * What cannot be equal: signatures of a key that nobody gave away, times that were measured, the
   * diary of a file we do not have, a version we do not keep, and a threshold that is a byte here.
   */
  private static final Set<String> OWN =
      Set.of(
          "EE_SIGN",
          "EE_HASH",
          "EE_SENDER",
          "EE_ETH_SENDER",
          "eth_signatures",
          "query_time",
          "saves_utc",
          "save_epochs",
          "node_version",
          "supervisor_min_avail_prc");

  private static final NodeAddress OTHER =
      new NodeAddress("0xai_AplV0B92IPDLnjpBy9CGgzfwFG6NNHjpv68jf-pfuGu-");
  private static final NodeAddress SERVER =
      new NodeAddress("0xai_AxIcoq5l-KyFGvU9uTtIt6hD2ibIVlqG7YZnUVG5U4MW");
  private static final EvmAddress OTHER_EVM = Keys.SIGNATURES.evmAddress(OTHER);
  private static final EvmAddress SERVER_EVM = Keys.SIGNATURES.evmAddress(SERVER);
  private static final Instant GENESIS = Instant.parse("2026-11-20T12:20:21Z");

  private final Json json = new Json(JsonLimits.DEFAULT);

  static List<Vector> answers() {
    return Vectors.of("oracle_api");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void oursAnswersTheSame(Vector vector) {
    JsonNode genuine = vector.expected().get("response_json");
    Asker.Answer ours = ask(vector, genuine.path("result"));
    assertThat(comparable(ours.body())).isEqualTo(comparable(genuine));
    assertThat(ours.status()).isEqualTo(genuine.path("detail").path("status_code").asInt(200));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void oursBelievesTheRecordedSignatures(Vector vector) {
    JsonNode valid = vector.expected().get("result_signature_valid");
    ObjectNode document = json.parseObject(vector.expected().get("response_json").toString());
    if (valid.isNull()) {
      assertThat(document.has("result")).isFalse();
      return;
    }
    ObjectNode result = (ObjectNode) document.get("result");
    assertThat(SignedMessage.verify(result, Keys.SIGNATURES).isValid())
        .isEqualTo(valid.booleanValue());
    result.put("server_alias", "mallory");
    assertThat(SignedMessage.verify(result, Keys.SIGNATURES).isValid()).isFalse();
    if (vector.expected().has("claim_hash")) {
      assertClaim(vector, result);
    }
  }

  private static void assertClaim(Vector vector, JsonNode result) {
    AvailabilityClaim claim =
        AvailabilityClaim.of(
            EvmAddress.parse(result.get("node_eth_address").textValue()),
            numbers(result.get("epochs")).map(JsonNode::longValue).toList(),
            numbers(result.get("epochs_vals")).map(JsonNode::intValue).toList());
    assertThat(claim.packed().hash()).isEqualTo(Bytes32.parse(vector.out("claim_hash")));
    byte[] signature =
        HexFormat.of().parseHex(result.get("eth_signatures").get(0).textValue().substring(2));
    assertThat(Keys.SIGNATURES.recover(claim.packed().digest(), signature).map(Eip55::format))
        .contains(vector.out("claim_signer"));
  }

  private static Stream<JsonNode> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Asks an oracle that knows what the genuine one knew at the time of its answer. */
  private static Asker.Answer ask(Vector vector, JsonNode result) {
    TestOracle oracle = new TestOracle(GENESIS, Duration.ofSeconds(240));
    oracle.certify(0, Map.of(SERVER_EVM, 198));
    oracle.certify(1, Map.of(SERVER_EVM, 230, OTHER_EVM, 235));
    oracle.oracles.addAll(List.of(SERVER_EVM, OTHER_EVM));
    oracle.now =
        WireTime.parse(result.path("server_time").asText("2026-11-20 12:28:39"), 0).orElseThrow();
    oracle.see(Keys.SIGNATURES, SERVER, "real-node-2", ago(result, SERVER_EVM));
    oracle.see(Keys.SIGNATURES, OTHER, "real-node-1", ago(result, OTHER_EVM));
    Asker asker = new Asker(server(oracle, result).doors());
    String request = vector.in("request");
    if (!request.startsWith("POST ")) {
      return asker.get("/" + request);
    }
    ObjectNode body = Json.object();
    ObjectNode nodes = body.putObject("dct_eth_nodes_request");
    for (EvmAddress node : List.of(OTHER_EVM, SERVER_EVM)) {
      nodes.putArray(Eip55.format(node)).add(1).add(1);
    }
    return asker.post("/" + request.substring(5), body.toString());
  }

  private static Server server(TestOracle oracle, JsonNode result) {
    Instant answering = oracle.now;
    String[] uptime = result.path("server_uptime").asText("0:00:00").split(":");
    oracle.now =
        answering
            .minusSeconds(Long.parseLong(uptime[0]) * 3600)
            .minusSeconds(Long.parseLong(uptime[1]) * 60)
            .minusSeconds(Long.parseLong(uptime[2]));
    Settings settings =
        new Settings(
            "real-node-2", "mainnet", "2.10.370", "2.10.370 / 7.7.316 / 3.5.49", 100, 100, 100);
    NodeIdentity identity = new Borrowed(Keys.key(1));
    Server server =
        new Server(
            new Knowledge(oracle, identity), identity, Keys.SIGNATURES, oracle, () -> settings);
    oracle.now = answering;
    return server;
  }

  private static Duration ago(JsonNode result, EvmAddress node) {
    JsonNode claim = result.path(Eip55.format(node));
    double seconds = (claim.isObject() ? claim : result).path("node_last_seen_sec").asDouble(4);
    return Duration.ofMillis(Math.round(Math.min(seconds, 59) * 1000));
  }

  private static JsonNode comparable(JsonNode document) {
    JsonNode copy = document.deepCopy();
    copy.findParents("code").forEach(parent -> dropCode((ObjectNode) parent));
    strip(copy);
    return copy;
  }

  /** Ours alone; countries have a code of their own. */
  private static void dropCode(ObjectNode parent) {
    if (parent.path("code").asText().startsWith("R1-")) {
      parent.remove("code");
    }
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OWN);
    }
    node.forEach(GenuineAnswersTest::strip);
  }

  /** The recorded oracle's name with a key of ours. */
  private record Borrowed(NodeIdentity key) implements NodeIdentity {

    @Override
    public NodeAddress address() {
      return SERVER;
    }

    @Override
    public EvmAddress evmAddress() {
      return SERVER_EVM;
    }

    @Override
    public byte[] sign(Bytes32 digest) {
      return key.sign(digest);
    }

    @Override
    public byte[] signRecoverable(Bytes32 digest) {
      return key.signRecoverable(digest);
    }

    @Override
    public Bytes32 derive(String purpose, byte[] context) {
      return key.derive(purpose, context);
    }
  }
}

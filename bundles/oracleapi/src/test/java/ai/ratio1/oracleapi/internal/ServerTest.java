package ai.ratio1.oracleapi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Verdict;
import ai.ratio1.wire.evm.Eip55;
import ai.ratio1.wire.evm.Keccak256;
import ai.ratio1.wire.evm.PersonalMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {

  private static final NodeIdentity SELF = Keys.key(1);
  private static final NodeIdentity EDGE = Keys.key(2);
  private static final EvmAddress HIDDEN = Keys.key(3).evmAddress();
  private static final EvmAddress STRANGER = Keys.key(4).evmAddress();
  private static final int MOST = 3;

  private final TestOracle oracle =
      new TestOracle(Instant.parse("2026-11-21T10:00:00Z"), Duration.ofSeconds(30));
  private final Asker asker = asker();

  @BeforeEach
  void anOracleThatKnowsThreeEpochs() {
    oracle.now = oracle.schedule.startOf(3).plusSeconds(10);
    EvmAddress edge = EDGE.evmAddress();
    oracle.certify(0, Map.of(SELF.evmAddress(), 255, edge, 9));
    oracle.certify(1, Map.of(SELF.evmAddress(), 255, edge, 200, HIDDEN, 77));
    oracle.certify(2, Map.of(SELF.evmAddress(), 254, edge, 0, HIDDEN, 78));
    oracle.oracles.add(SELF.evmAddress());
    oracle.see(Keys.SIGNATURES, SELF.address(), "oracle-1", Duration.ofMillis(900));
    oracle.see(Keys.SIGNATURES, EDGE.address(), "Edge One", Duration.ofSeconds(61));
  }

  private Asker asker() {
    Settings settings = new Settings("oracle-1", "devnet", "2.10.370", "v", MOST, 2, 5);
    Knowledge knowledge = new Knowledge(oracle, SELF);
    return new Asker(new Server(knowledge, SELF, Keys.SIGNATURES, oracle, () -> settings).doors());
  }

  @Test
  void signsTheCertifiedBytesForTheContract() {
    JsonNode claim = ok("/node_epochs?eth_node_addr=" + Eip55.format(EDGE.evmAddress()));
    assertThat(claim.path("epochs_vals").toString()).isEqualTo("[200,0]");
    assertThat(claim.path("packed_availabilities").textValue()).isEqualTo("0xc800");
    // Written out byte by byte, as a contract packs it: address, two words, the bytes.
    byte[] packed =
        ByteBuffer.allocate(20 + 32 + 32 + 2)
            .put(EDGE.evmAddress().toArray())
            .putLong(44, 1)
            .putLong(76, 2)
            .put(84, (byte) 200)
            .array();
    Bytes32 digest = PersonalMessage.digest(Keccak256.of(packed).toArray());
    byte[] signature =
        HexFormat.of().parseHex(claim.path("eth_signatures").get(0).textValue().substring(2));
    assertThat(Keys.SIGNATURES.recover(digest, signature)).contains(SELF.evmAddress());
    assertThat(claim.path("eth_addresses").get(0).textValue())
        .isEqualTo(Eip55.format(SELF.evmAddress()));
  }

  @Test
  void signsEveryResultAsAWhole() {
    for (String path :
        List.of(
            "/current_epoch",
            "/nodes_list",
            "/active_nodes_list",
            "/active_nodes_country_stats",
            "/node_epochs?node_addr=" + EDGE.address(),
            "/node_epochs_range?node_addr=" + EDGE.address() + "&start_epoch=0&end_epoch=9",
            "/node_epoch?node_addr=" + EDGE.address() + "&epoch=1",
            "/node_last_epoch?node_addr=" + EDGE.address())) {
      JsonNode document = asker.get(path).body();
      ObjectNode result =
          (ObjectNode) new Json(JsonLimits.DEFAULT).parse(document.toString()).path("result");
      assertThat(SignedMessage.verify(result, Keys.SIGNATURES))
          .as(path)
          .isEqualTo(new Verdict.Valid(SELF.address()));
      assertThat(result.path("server_last_synced_epoch").intValue()).isEqualTo(2);
      assertThat(document.path("ee_node_eth_address").textValue())
          .isEqualTo(Eip55.format(SELF.evmAddress()));
    }
  }

  @Test
  void aRangeMayBeginWithEpochZero() {
    JsonNode claim = ok("/node_epochs_range?start_epoch=0&end_epoch=2&node_addr=" + EDGE.address());
    assertThat(claim.path("epochs_vals").toString()).isEqualTo("[9,200,0]");
    assertThat(claim.path("node_alias").textValue()).isEqualTo("Edge One");
    assertThat(claim.path("node_is_online").booleanValue()).isFalse();
    assertThat(claim.path("node_last_seen_sec").doubleValue()).isEqualTo(61.0);
    assertThat(claim.has("error")).isFalse();
  }

  @Test
  void tellsOneEpochWithItsPart() {
    JsonNode epoch = ok("/node_epoch?epoch=1&node_addr=" + EDGE.address());
    assertThat(epoch.path("epoch_val").intValue()).isEqualTo(200);
    assertThat(epoch.path("epoch_prc").doubleValue()).isEqualTo(0.7843);
    JsonNode last = ok("/node_last_epoch?node_addr=" + SELF.address());
    assertThat(last.path("last_epoch_id").intValue()).isEqualTo(2);
    assertThat(last.path("last_epoch_prc").doubleValue()).isEqualTo(0.9961);
    assertThat(last.path("node_is_oracle").booleanValue()).isTrue();
  }

  @Test
  void voidedEpochsAreFaulty() {
    oracle.voided.add(2L);
    JsonNode claim = ok("/node_epochs?node_addr=" + EDGE.address());
    assertThat(claim.path("oracle").path("manager").path("faulty_epochs").toString())
        .isEqualTo("[2]");
    JsonNode before = ok("/node_epoch?epoch=1&node_addr=" + EDGE.address());
    assertThat(before.path("oracle").path("manager").path("faulty_epochs")).isEmpty();
  }

  @Test
  void paysWhomItHasNotSeenSinceItStarted() {
    JsonNode claim = ok("/node_epochs?eth_node_addr=" + HIDDEN);
    assertThat(claim.path("epochs_vals").toString()).isEqualTo("[77,78]");
    assertThat(claim.path("node").textValue()).isEqualTo("unknown:" + Eip55.format(HIDDEN));
    assertThat(claim.has("error")).isFalse();
  }

  @Test
  void signsZerosForWhoNeverWasThere() {
    Asker.Answer answer = asker.get("/node_epochs?eth_node_addr=" + STRANGER);
    assertThat(answer.result().path("epochs_vals").toString()).isEqualTo("[0,0]");
    assertThat(answer.error()).startsWith("[No internal node address found]");
    assertThat(answer.code()).isEqualTo("R1-ORACLEAPI-106");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3",
    "3, 3",
    "-1, 1",
    "2, 1",
    "0, 999999999999999999",
    "-999999999999999999, 2",
    "999999999999999999, 999999999999999999"
  })
  void signsNothingForARangeThatIsNotAllOver(long first, long last) {
    for (String node : List.of("node_addr=" + EDGE.address(), "eth_node_addr=" + STRANGER)) {
      Asker.Answer answer =
          asker.get("/node_epochs_range?" + node + "&start_epoch=" + first + "&end_epoch=" + last);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.error()).isEqualTo("No epochs found for the given node");
      assertThat(answer.code()).isEqualTo("R1-ORACLEAPI-105");
      assertThat(answer.result().has("eth_signatures")).isFalse();
    }
  }

  @Test
  void signsNothingForEpochsThatAreNotKeptAnyMore() {
    oracle.certified.remove(1L);
    assertThat(asker.get("/node_epochs?node_addr=" + EDGE.address()).code())
        .isEqualTo("R1-ORACLEAPI-105");
  }

  @Test
  void signsNothingBeforeTheFirstCertificate() {
    oracle.certified.clear();
    for (String path : List.of("/node_epochs", "/node_last_epoch")) {
      assertThat(asker.get(path + "?node_addr=" + EDGE.address()).code())
          .isEqualTo("R1-ORACLEAPI-105");
    }
    assertThat(ok("/current_epoch").path("server_last_synced_epoch").intValue()).isEqualTo(-1);
    assertThat(asker.get("/active_nodes_list").error()).contains("Invalid epoch range");
  }

  @ParameterizedTest
  @CsvSource({
    "/node_epochs, 500, 101",
    "/node_epochs?eth_node_addr=0x12, 500, 102",
    "/node_epochs?eth_node_addr=0xzz00000000000000000000000000000000000000, 500, 102",
    "/node_epochs?node_addr=0xai_AAAA, 500, 102",
    "/node_epochs?node_addr=0xai_AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 500, 102",
    "/node_epochs_range?start_epoch=1, 422, 103",
    "/node_epochs_range?start_epoch=1&end_epoch=1e3, 422, 103",
    "/node_epochs_range?start_epoch=99999999999999999999&end_epoch=1, 422, 103",
    "/node_epoch?epoch=, 422, 103",
    "/active_nodes_list?page=x, 422, 103",
    "/current_epoch/below, 404, 109"
  })
  void refusesMalformedRequestsInTheGenuineForm(String request, int status, String code) {
    Asker.Answer answer = asker.get(request);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo("R1-ORACLEAPI-" + code);
    assertThat(answer.body().path("detail").path("status_code").intValue()).isEqualTo(status);
    assertThat(answer.body().path("detail").path("server_node_addr").textValue())
        .isEqualTo(SELF.address().text());
  }

  @Test
  void answersForManyNodesAndReadsEveryEpochOnce() {
    String edge = Eip55.format(EDGE.evmAddress());
    JsonNode both =
        asker
            .post("/multi_node_epochs_range", asking(edge, "[1,2]", HIDDEN.toHex(), "[2,2]"))
            .result();
    assertThat(both.path(edge).path("epochs_vals").toString()).isEqualTo("[200,0]");
    assertThat(both.path(HIDDEN.toHex()).path("epochs_vals").toString()).isEqualTo("[78]");
    assertThat(both.path("query_time").isDouble()).isTrue();
    // Its own bytes once, which young networks tell, and those of all others together.
    assertThat(oracle.reads).containsExactly(0L, 1L, 2L, 1L, 2L);
  }

  @Test
  void oneRangeThatIsNotOverSpoilsNoOther() {
    String edge = Eip55.format(EDGE.evmAddress());
    JsonNode both =
        asker
            .post(
                "/multi_node_epochs_range",
                asking(edge, "[1,99999999999]", HIDDEN.toHex(), "[1,2]"))
            .result();
    assertThat(both.path(edge).path("code").textValue()).isEqualTo("R1-ORACLEAPI-105");
    assertThat(both.path(HIDDEN.toHex()).path("epochs_vals").toString()).isEqualTo("[77,78]");
    assertThat(oracle.reads).doesNotContain(3L);
  }

  static Stream<String> badBodies() {
    String many =
        String.join(
            ",",
            IntStream.rangeClosed(0, MOST)
                .mapToObj(i -> "\"" + Keys.key(20 + i).evmAddress() + "\":[1,1]")
                .toList());
    return Stream.of(
        "{}",
        "{\"dct_eth_nodes_request\":[]}",
        "{\"dct_eth_nodes_request\":{}}",
        "{\"dct_eth_nodes_request\":{" + many + "}}",
        asking("0x12", "[1,1]"),
        asking(HIDDEN.toHex(), "[1]"),
        asking(HIDDEN.toHex(), "[1,1,1]"),
        asking(HIDDEN.toHex(), "[2,1]"),
        asking(HIDDEN.toHex(), "[1,\"2\"]"),
        asking(HIDDEN.toHex(), "[1,2.0]"),
        asking(HIDDEN.toHex(), "[0,99999999999999999999]"),
        asking(HIDDEN.toHex(), "{\"0\":1}"));
  }

  @ParameterizedTest
  @MethodSource
  void badBodies(String body) {
    Asker.Answer answer = asker.post("/multi_node_epochs_range", body);
    assertThat(answer.code()).as(body).isEqualTo("R1-ORACLEAPI-104");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(oracle.reads).doesNotContain(99L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{\"a\":[[[[[[1]]]]]]}", "{\"a\":1e400", "\u0000{}"})
  void unreadableBodiesAreRefusedByTheParser(String body) {
    Asker.Answer answer = asker.post("/multi_node_epochs_range", body);
    assertThat(answer.code()).startsWith("R1-WIRE-00");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void listsWhoIsOnlinePageByPage() {
    for (int i = 0; i < 4; i++) {
      oracle.see(Keys.SIGNATURES, Keys.key(30 + i).address(), "edge-" + i, Duration.ofSeconds(60));
    }
    JsonNode first = ok("/active_nodes_list?items_per_page=2");
    assertThat(first.path("nodes_total_items").intValue()).isEqualTo(5);
    assertThat(first.path("nodes_total_pages").intValue()).isEqualTo(3);
    JsonNode last = ok("/active_nodes_list?items_per_page=2&page=99");
    assertThat(last.path("nodes_page").intValue()).isEqualTo(3);
    assertThat(names(first)).hasSize(2).isSorted();
    assertThat(names(last)).hasSize(1).doesNotContainAnyElementsOf(names(first));
    // More than the setting allows is the most it allows.
    assertThat(ok("/active_nodes_list?items_per_page=1000").path("nodes_items_per_page").intValue())
        .isEqualTo(2);
    assertThat(ok("/active_nodes_list?items_per_page=0&page=-4").path("nodes_page").intValue())
        .isEqualTo(1);
    JsonNode named = ok("/active_nodes_list?alias_pattern=EDGE-3");
    assertThat(named.path("nodes_total_items").intValue()).isEqualTo(1);
    assertThat(ok("/active_nodes_list?alias_pattern=nobody").path("nodes_page").intValue())
        .isZero();
    assertThat(ok("/active_nodes_country_stats").path("nodes_total_items").intValue()).isEqualTo(5);
  }

  @Test
  void saysWhatItKnowsOfANode() {
    JsonNode node = ok("/nodes_list").path("nodes").path(EDGE.address().text());
    assertThat(node.path("alias").textValue()).isEqualTo("Edge One");
    assertThat(node.path("is_online").booleanValue()).isFalse();
    assertThat(node.path("last_seen_ago").textValue()).isEqualTo("00:01:01");
    assertThat(node.path("score").intValue()).isEqualTo(200);
    assertThat(node.path("non_zero").intValue()).isEqualTo(1);
    assertThat(node.path("recent_history").path("last_10_ep").textValue())
        .isEqualTo("{1: 200, 2: 0}");
    assertThat(node.path("recent_history").path("certainty").textValue()).isEqualTo("1=Y, 2=Y");
  }

  @Test
  void theListOfAllNodesEndsAtItsLimit() {
    for (int i = 0; i < 9; i++) {
      oracle.see(Keys.SIGNATURES, Keys.key(50 + i).address(), "edge", Duration.ofSeconds(600));
    }
    JsonNode list = ok("/nodes_list");
    assertThat(list.path("nodes_total_items").intValue()).isEqualTo(11);
    // Five nodes, and the genuine field that says that all went well.
    assertThat(list.path("nodes")).hasSize(6);
    assertThat(list.path("nodes").path("error").isNull()).isTrue();
  }

  @Test
  void saysThatItIsNotReady() {
    oracle.here = false;
    Asker.Answer answer = asker.get("/current_epoch");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("R1-ORACLEAPI-108");
  }

  private JsonNode ok(String request) {
    Asker.Answer answer = asker.get(request);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.result();
  }

  private static List<String> names(JsonNode page) {
    return StreamSupport.stream(page.path("nodes").properties().spliterator(), false)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A request for some nodes: an address and a range each. */
  private static String asking(String... addressesAndRanges) {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < addressesAndRanges.length; i += 2) {
      nodes
          .append(i == 0 ? "" : ",")
          .append('"')
          .append(addressesAndRanges[i])
          .append("\":")
          .append(addressesAndRanges[i + 1]);
    }
    return "{\"dct_eth_nodes_request\":{" + nodes + "}}";
  }
}

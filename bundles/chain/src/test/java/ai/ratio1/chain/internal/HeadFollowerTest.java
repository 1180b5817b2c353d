package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.web3j.utils.Numeric;

/** What a node knows of a chain that grows, falls silent and changes its mind. */
@Timeout(60)
class HeadFollowerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TestNode NODE = new TestNode(77);
  private static final TestNode OTHER = new TestNode(78);

  private static AnvilProcess anvil;
  private static TestNetwork network;
  private static String fresh;

  private FaultyEndpoint endpoint;
  private NetworkConnection connection;
  private HeadFollower follower;

  @BeforeAll
  static void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, Bytes32.parse("07".repeat(32)), Duration.ofSeconds(30));
    network.buy(2);
    fresh = anvil.rpc("evm_snapshot").asText();
  }

  @AfterAll
  static void stop() {
    network.close();
    anvil.close();
  }

  @BeforeEach
  void connect() {
    endpoint = FaultyEndpoint.before(anvil.uri());
    connection = open();
    follower = connection.follower();
  }

  @AfterEach
  void close() {
    connection.close();
    endpoint.close();
    assertThat(anvil.rpc("evm_revert", fresh).asBoolean()).isTrue();
    fresh = anvil.rpc("evm_snapshot").asText();
  }

  @Test
  void headAndFinalisedFollowTheChain() {
    for (int i = 0; i < 5; i++) {
      anvil.rpc("evm_mine");
      awaitThat("the head", () -> follower.head().equals(block("latest")));
      awaitThat("the final block", () -> follower.finalised().equals(block("finalized")));
    }
    assertThat(follower.finalised().number()).isEqualTo(follower.head().number() - 2);
    assertThat(connection.chain().head()).isEqualTo(follower.head());
  }

  @Test
  void listenersAreToldInOrderAndOneThatThrowsHarmsNobody() throws Exception {
    List<BlockRef> heard = new CopyOnWriteArrayList<>();
    follower.onHead(
        head -> {
          throw new IllegalStateException("a listener fails");
        });
    follower.onHead(
        head -> {
          throw new NoClassDefFoundError("a listener whose bundle is gone");
        });
    AutoCloseable registration = follower.onHead(heard::add);
    for (int i = 1; i <= 3; i++) {
      anvil.rpc("evm_mine");
      int count = i;
      awaitThat("told of block " + i, () -> heard.size() == count);
    }
    assertThat(heard).extracting(BlockRef::number).isSorted().doesNotHaveDuplicates();
    assertThat(heard).last().isEqualTo(block("latest"));

    registration.close();
    anvil.rpc("evm_mine");
    awaitThat("followed", () -> follower.head().equals(block("latest")));
    assertThat(heard).hasSize(3);
  }

  @Test
  void anOutageEndsByItself() {
    endpoint.refuse();
    awaitThat("the outage is noticed", () -> follower.outages() > 1);
    BlockRef last = follower.head();
    anvil.rpc("evm_mine");
    assertThat(follower.head()).isEqualTo(last);
    endpoint.listenAgain();
    awaitThat("followed again", () -> follower.head().equals(block("latest")));
    awaitThat("the outage is over", () -> follower.outages() == 0);
  }

  @Test
  void answersThatMakeNoSenseAreAnOutage() {
    endpoint.always(FaultyEndpoint.result("{\"number\":\"0x1\",\"hash\":\"0xabc\"}"));
    awaitThat("the outage is noticed", () -> follower.outages() > 1);
    endpoint.always(FaultyEndpoint.answer("null"));
    int noticed = follower.outages();
    awaitThat("it lasts", () -> follower.outages() > noticed);
    endpoint.heal();
    anvil.rpc("evm_mine");
    awaitThat("followed again", () -> follower.head().equals(block("latest")));
  }

  @Test
  void aNodeIsActiveFromTheFinalBlockOfItsLinkToThatOfItsUnlink() {
    network.link(deed(1), NODE);
    awaitFollowed();
    assertThat(active()).as("not final yet").isEmpty();
    finalise();
    assertThat(active()).containsExactly(NODE.evmAddress());
    connection.licences().unlink(network.owner(), deed(1));
    awaitFollowed();
    assertThat(active()).as("not final yet").containsExactly(NODE.evmAddress());
    finalise();
    assertThat(active()).isEmpty();
  }

  @Test
  void manyChangesBetweenTwoFinalBlocksAreAppliedInOrder() {
    endpoint.refuse();
    awaitThat("the outage is noticed", () -> follower.outages() > 0);
    network.link(deed(1), NODE);
    network.link(deed(1), OTHER);
    network.link(deed(2), NODE);
    network.connection().licences().unlink(network.owner(), deed(1));
    network.link(deed(1), OTHER);
    network.connection().licences().unlink(network.owner(), deed(2));
    endpoint.listenAgain();
    finalise();
    assertThat(active()).containsExactly(OTHER.evmAddress());
    network.connection().administration(network.governance()).ban(deed(1), "spam");
    finalise();
    assertThat(active()).isEmpty();
  }

  @Test
  void aGapThatIsTooLongForItsLogsIsReadAnew() {
    network.link(deed(1), NODE);
    anvil.finalise();
    ObjectNode far = (ObjectNode) anvil.rpc("eth_getBlockByNumber", "finalized", false);
    far.put("hash", "0x" + "77".repeat(32)).put("number", "0x100000");
    far.put("timestamp", "0x" + Long.toHexString(quantity(far.path("timestamp")) + 5));
    List<Long> widths = new CopyOnWriteArrayList<>();
    endpoint.always(
        call -> {
          JsonNode parameter = call.parameter(0);
          if (call.method().equals("eth_getLogs")) {
            widths.add(quantity(parameter.path("toBlock")) - quantity(parameter.path("fromBlock")));
            FaultyEndpoint.result("[]").meet(call);
          } else if (parameter.asText().equals("finalized")) {
            FaultyEndpoint.result(far.toString()).meet(call);
          } else {
            FaultyEndpoint.pass().meet(call);
          }
        });
    awaitThat("the far block", () -> follower.finalised().number() == 0x100000);
    assertThat(active()).containsExactly(NODE.evmAddress());
    assertThat(widths).isNotEmpty().allMatch(width -> width < 1_000);
  }

  @Test
  void aLinkThatAReorganisationTookBackActivatesNobody() {
    network.link(deed(1), NODE);
    awaitFollowed();
    anvil.rpc("anvil_reorg", 1, List.of());
    awaitFollowed();
    finalise();
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isEmpty();
    assertThat(active()).isEmpty();
  }

  @Test
  void anUnlinkThatAReorganisationTookBackLeavesTheNodeActive() {
    network.link(deed(1), NODE);
    finalise();
    network.connection().licences().unlink(network.owner(), deed(1));
    awaitFollowed();
    anvil.rpc("anvil_reorg", 1, List.of());
    finalise();
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isPresent();
    assertThat(active()).containsExactly(NODE.evmAddress());
  }

  @Test
  void aChainThatBreaksItsOwnFinalityLeavesNobodyActiveThatIsNot() {
    String before = anvil.rpc("evm_snapshot").asText();
    network.link(deed(1), NODE);
    finalise();
    assertThat(active()).containsExactly(NODE.evmAddress());
    assertThat(anvil.rpc("evm_revert", before).asBoolean()).isTrue();
    network.link(deed(2), OTHER);
    anvil.rpc("anvil_mine", "0xa");
    finalise();
    assertThat(active()).containsExactly(OTHER.evmAddress());
  }

  @Test
  void anEndpointThatLagsTakesNothingBack() {
    network.link(deed(1), NODE);
    finalise();
    BlockRef known = follower.finalised();
    endpoint.always(
        call -> {
          boolean asksForFinal = call.parameter(0).asText().equals("finalized");
          (asksForFinal ? olderFinal() : FaultyEndpoint.pass()).meet(call);
        });
    anvil.rpc("evm_mine");
    awaitFollowed();
    assertThat(follower.finalised()).isEqualTo(known);
    assertThat(active()).containsExactly(NODE.evmAddress());
  }

  /** Blocks may share a second; the history that the contract keeps by time cannot tell them. */
  @Test
  void aLinkInTheSecondOfAFinalBlockIsNotFinal() {
    long second = block("latest").timestamp().getEpochSecond() + 10;
    for (int i = 0; i < 3; i++) {
      anvil.mineAt(second);
    }
    anvil.rpc("evm_setNextBlockTimestamp", second);
    network.link(deed(1), NODE);
    assertThat(block("latest").timestamp()).isEqualTo(block("finalized").timestamp());
    try (NetworkConnection late = open()) {
      assertThat(late.licences().activeNodes()).as("not final yet").isEmpty();
      anvil.rpc("anvil_reorg", 1, List.of());
      anvil.rpc("anvil_mine", "0x4");
      awaitThat("followed", () -> late.chain().finalised().equals(block("finalized")));
      assertThat(late.licences().activeFor(NODE.evmAddress())).isEmpty();
      assertThat(late.licences().activeNodes()).isEmpty();
    }
  }

  /** A second link in one second writes over the first; in the next it takes a slot of its own. */
  @Test
  void aTransactionThatCostsMoreInTheNextSecondIsMined() {
    long second = block("latest").timestamp().getEpochSecond() + 10;
    anvil.rpc("evm_setNextBlockTimestamp", second);
    network.link(deed(1), NODE);
    anvil.rpc("evm_setNextBlockTimestamp", second);
    endpoint.next(
        "eth_sendRawTransaction",
        FaultyEndpoint.after(() -> anvil.rpc("evm_setNextBlockTimestamp", second + 1)));
    connection.licences().unlink(network.owner(), deed(1));
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isEmpty();
  }

  @Test
  void aConnectionThatBeginsLateKnowsWhoIsActive() {
    network.link(deed(1), NODE);
    network.link(deed(2), OTHER);
    network.link(deed(1), new TestNode(79));
    finalise();
    try (NetworkConnection late = open()) {
      assertThat(late.licences().activeNodes())
          .containsExactlyInAnyOrder(OTHER.evmAddress(), new TestNode(79).evmAddress());
    }
  }

  private FaultyEndpoint.Fault olderFinal() {
    return FaultyEndpoint.result(anvil.rpc("eth_getBlockByNumber", "0x1", false).toString());
  }

  private Set<EvmAddress> active() {
    return connection.licences().activeNodes();
  }

  private void finalise() {
    anvil.finalise();
    awaitThat("final", () -> follower.finalised().equals(block("finalized")));
  }

  private void awaitFollowed() {
    awaitThat("followed", () -> follower.head().equals(block("latest")));
  }

  private static void awaitThat(String what, BooleanSupplier condition) {
    Await.until(what, PATIENCE, condition);
  }

  private static LicenceId deed(int number) {
    return new LicenceId(LicenceType.NODE_DEED, number);
  }

  private static BlockRef block(String tag) {
    JsonNode block = anvil.rpc("eth_getBlockByNumber", tag, false);
    return new BlockRef(
        quantity(block.path("number")),
        Bytes32.parse(block.path("hash").asText()),
        Instant.ofEpochSecond(quantity(block.path("timestamp"))));
  }

  private static long quantity(JsonNode value) {
    return Numeric.decodeQuantity(value.asText()).longValueExact();
  }

  private NetworkConnection open() {
    ChainOptions options =
        ChainOptions.of(List.of(endpoint.uri()), network.controller(), Duration.ofMillis(50));
    return NetworkConnection.open(
        options, Web3jChainConnector.poller(), Optional::empty, any -> {});
  }
}

package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.identity.NodeIdentity;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When an oracle is told that it cannot pay much longer. */
@Timeout(30)
class BalanceWatchTest {

  private static final BigInteger ALARM = BigInteger.valueOf(1_000);
  private static final TestNode ORACLE = TestNetwork.ORACLES.get(2);

  private static AnvilProcess anvil;
  private static TestNetwork network;

  private final List<BigInteger> raised = new ArrayList<>();
  private FaultyEndpoint endpoint;
  private NetworkConnection connection;

  @BeforeAll
  static void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, Bytes32.parse("07".repeat(32)), Duration.ofSeconds(30));
    network.begin(network.connection().chain().head().timestamp().plusSeconds(100));
  }

  @AfterAll
  static void stop() {
    network.close();
    anvil.close();
  }

  @BeforeEach
  void connect() {
    endpoint = FaultyEndpoint.before(anvil.uri());
    ChainOptions options =
        ChainOptions.of(List.of(endpoint.uri()), network.controller(), Duration.ofMinutes(1));
    connection =
        NetworkConnection.open(options, Web3jChainConnector.poller(), Optional::empty, any -> {});
  }

  @AfterEach
  void close() {
    connection.close();
    endpoint.close();
  }

  @Test
  void theAlarmIsRaisedOncePerFall() {
    BalanceWatch watch = watch(ORACLE, ALARM);
    holds(ORACLE, 1_000);
    watch.run();
    assertThat(raised).as("as much as the alarm is enough").isEmpty();
    holds(ORACLE, 999);
    watch.run();
    watch.run();
    holds(ORACLE, 500);
    watch.run();
    assertThat(raised).containsExactly(BigInteger.valueOf(999));
    holds(ORACLE, 1_000);
    watch.run();
    holds(ORACLE, 0);
    watch.run();
    watch.run();
    assertThat(raised).containsExactly(BigInteger.valueOf(999), BigInteger.ZERO);
    assertThat(watch.balance()).isZero();
  }

  @Test
  void anAlarmOfZeroIsNone() {
    BalanceWatch watch = watch(ORACLE, BigInteger.ZERO);
    holds(ORACLE, 0);
    watch.run();
    assertThat(raised).isEmpty();
  }

  @Test
  void aNodeThatIsNoOracleIsNotWatched() {
    TestNode node = new TestNode(77);
    holds(node, 5);
    BalanceWatch watch = watch(node, ALARM);
    watch.run();
    assertThat(raised).isEmpty();
    assertThat(watch.balance()).isZero();
  }

  @Test
  void withoutAKeyThereIsNothingToWatch() {
    new BalanceWatch(connection, Optional::empty, ALARM, this::raise).run();
    assertThat(raised).isEmpty();
    assertThat(endpoint.asked("eth_getBalance")).isZero();
  }

  @Test
  void anOutageNeitherRaisesTheAlarmNorEndsTheWatch() {
    BalanceWatch watch = watch(ORACLE, ALARM);
    holds(ORACLE, 5_000);
    watch.run();
    holds(ORACLE, 5);
    endpoint.refuse();
    watch.run();
    assertThat(raised).isEmpty();
    assertThat(watch.balance()).isEqualTo(5_000);
    endpoint.listenAgain();
    watch.run();
    assertThat(raised).hasSize(1);
  }

  @Test
  void anAlarmThatNobodyCouldHearIsRaisedAgain() {
    holds(ORACLE, 5);
    BalanceWatch watch =
        new BalanceWatch(
            connection,
            () -> Optional.of(ORACLE),
            ALARM,
            (payer, balance) -> {
              raise(payer, balance);
              if (raised.size() == 1) {
                throw new IllegalStateException("nobody hears");
              }
            });
    watch.run();
    watch.run();
    watch.run();
    assertThat(raised).hasSize(2);
  }

  private BalanceWatch watch(NodeIdentity identity, BigInteger alarm) {
    return new BalanceWatch(connection, () -> Optional.of(identity), alarm, this::raise);
  }

  private void raise(EvmAddress payer, BigInteger balance) {
    assertThat(payer).isEqualTo(ORACLE.evmAddress());
    raised.add(balance);
  }

  private static void holds(TestNode node, int wei) {
    anvil.rpc("anvil_setBalance", node.evmAddress().toHex(), "0x" + Integer.toHexString(wei));
  }
}

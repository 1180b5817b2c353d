package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.AbiWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real chain does with two commits of one oracle for two outcomes of one epoch. */
class EvidenceTripTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final Bytes32 OTHER = Bytes32.parse("08".repeat(32));
  private static final TestNode FIFTH = new TestNode(1_004);

  private AnvilProcess anvil;
  private TestNetwork network;
  private Instant genesis;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    genesis = network.connection().chain().head().timestamp().plusSeconds(100);
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  @Test
  void aSetOfFourBarsTheOracleFromTheEpochAfterTheNext() {
    network.begin(genesis);
    TestNode accused = TestNetwork.ORACLES.get(2);
    try (NetworkConnection reporter = asOracle(0);
        NetworkConnection late = asOracle(1)) {
      Contradiction evidence = evidence(accused, 0);
      anvil.mineAt(genesis.getEpochSecond());
      assertThatThrownBy(() -> reporter.epochs().submit(evidence))
          .hasMessageContaining("EvidenceTooEarly(0)");
      beginEpoch(1);
      assertThat(reporter.epochs().submit(evidence)).isPresent();
      assertThat(late.epochs().submit(evidence)).as("overtaken").isEmpty();
      assertThat(setOf(reporter, 2).barred()).isZero();
      OracleSet barred = setOf(reporter, 3);
      assertThat(barred.barred()).isEqualTo(0b0100);
      assertThat(barred.oracles()).isEqualTo(setOf(reporter, 2).oracles());
      assertThat(barred.configDigest()).isEqualTo(setOf(reporter, 2).configDigest());
      assertThat(barred.serving()).hasSize(3).doesNotContain(accused.evmAddress());
      assertThat(barred.quorum()).isEqualTo(3);
      assertThat(reporter.oracles().isOracle(accused.evmAddress())).isTrue();
    }
  }

  @Test
  void aSetOfFiveShrinks() {
    List<TestNode> five = new ArrayList<>(TestNetwork.ORACLES);
    five.add(FIFTH);
    network.begin(genesis, five);
    TestNode accused = TestNetwork.ORACLES.get(1);
    List<EvmAddress> others =
        five.stream().filter(oracle -> !oracle.equals(accused)).map(TestNode::evmAddress).toList();
    try (NetworkConnection reporter = asOracle(0)) {
      beginEpoch(1);
      assertThat(reporter.epochs().submit(evidence(accused, 0))).isPresent();
      assertThat(setOf(reporter, 2).oracles()).hasSize(5);
      OracleSet rest = setOf(reporter, 3);
      assertThat(rest.oracles()).isEqualTo(others);
      assertThat(rest.barred()).isZero();
      assertThat(rest.configDigest()).isNotEqualTo(setOf(reporter, 2).configDigest());
      assertThat(setOf(reporter, 4).oracles()).isEqualTo(others);
      assertThat(reporter.oracles().isOracle(accused.evmAddress())).isFalse();
    }
  }

  @Test
  void whatIsNoContradictionIsRefusedWithTheReason() {
    network.begin(genesis);
    try (NetworkConnection reporter = asOracle(0)) {
      beginEpoch(1);
      Contradiction real = evidence(TestNetwork.ORACLES.get(2), 0);
      Contradiction same =
          new Contradiction(
              real.oracle(),
              0,
              8,
              real.first(),
              real.firstSignature(),
              real.first(),
              real.firstSignature());
      assertThatThrownBy(() -> reporter.epochs().submit(same))
          .hasMessageContaining("NoContradiction()");
      Contradiction stranger = evidence(new TestNode(5_000), 0);
      assertThat(reporter.epochs().submit(stranger)).as("no oracle of that epoch").isEmpty();
    }
  }

  /** Two commits that the accused really signed. */
  private Contradiction evidence(TestNode accused, long epoch) {
    EpochOutcome one = network.certificate(epoch, NETWORK).outcome();
    EpochOutcome two = network.certificate(epoch, OTHER).outcome();
    return new Contradiction(
        accused.evmAddress(),
        epoch,
        8,
        content(one),
        signature(accused, one),
        content(two),
        signature(accused, two));
  }

  private byte[] signature(TestNode oracle, EpochOutcome outcome) {
    Bytes32 domain =
        CertificateHash.domain(network.connection().chain().chainId(), network.controller());
    return oracle.signRecoverable(CertificateHash.digest(domain, outcome, 0));
  }

  private static byte[] content(EpochOutcome outcome) {
    return new AbiWords()
        .bytes32(outcome.configDigest())
        .uint(outcome.epoch())
        .uint(0)
        .uint(outcome.observers())
        .uint(outcome.excluded())
        .uint(outcome.theta())
        .uint(outcome.nodeCount())
        .bytes32(outcome.registryRoot())
        .bytes32(outcome.inputsDigest())
        .bytes32(outcome.availabilityRoot())
        .bytes32(outcome.cumulativeRoot())
        .bytes32(outcome.tableHash())
        .bytes32(outcome.reputationRoot())
        .toArray();
  }

  /** The set of an epoch is decided when the one before it begins. */
  private OracleSet setOf(NetworkConnection connection, long epoch) {
    Instant begun = genesis.plus(EPOCH.multipliedBy(epoch - 1));
    if (newest().isBefore(begun)) {
      beginEpoch(epoch - 1);
    }
    Await.until(
        "the head is in epoch " + (epoch - 1),
        Duration.ofSeconds(5),
        () -> !connection.chain().head().timestamp().isBefore(begun));
    return connection.oracles().oraclesOf(epoch);
  }

  /** As the chain has it, whoever has seen it yet. */
  private Instant newest() {
    String seconds = anvil.rpc("eth_getBlockByNumber", "latest", false).path("timestamp").asText();
    return Instant.ofEpochSecond(Long.decode(seconds));
  }

  private void beginEpoch(long epoch) {
    anvil.mineAt(genesis.plus(EPOCH.multipliedBy(epoch)).getEpochSecond());
  }

  private NetworkConnection asOracle(int index) {
    TestNode key = TestNetwork.ORACLES.get(index);
    anvil.rpc("anvil_setBalance", key.evmAddress().toHex(), "0xde0b6b3a7640000");
    ChainOptions options =
        ChainOptions.of(List.of(anvil.uri()), network.controller(), Duration.ofMillis(100));
    return NetworkConnection.open(
        options, Web3jChainConnector.poller(), () -> Optional.of(key), any -> {});
  }
}

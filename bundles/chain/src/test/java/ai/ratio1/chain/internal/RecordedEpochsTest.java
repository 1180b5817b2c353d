package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.VoidHash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real chain tells about the epochs it recorded. */
class RecordedEpochsTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final int VOID_AFTER = 7;

  private AnvilProcess anvil;
  private TestNetwork network;
  private Instant genesis;

  @BeforeEach
  void begin() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    genesis = network.connection().chain().head().timestamp().plusSeconds(100);
    network.begin(genesis);
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  @Test
  void aCertificateIsShownWithItsViewWhenItsBlockIsFinal() {
    SignedCertificate certificate = network.certificate(0, NETWORK);
    try (NetworkConnection oracle = asOracle(0)) {
      Instant at = submit(oracle, certificate);
      assertThat(oracle.epochs().recorded(0)).as("not final yet").isEmpty();
      makeFinal(oracle, at);
      assertThat(oracle.epochs().recorded(0))
          .contains(
              new RecordedEpoch.Certified(
                  at,
                  CertificateHash.outcome(certificate.outcome()),
                  certificate.outcome(),
                  0,
                  0b111));
      assertThat(oracle.epochs().recorded(1)).isEmpty();
      assertThat(oracle.epochs().recorded(-1)).isEmpty();
    }
  }

  @Test
  void anEpochIsFoundHoweverManyBlocksAgo() {
    Instant at;
    try (NetworkConnection oracle = asOracle(0)) {
      at = submit(oracle, network.certificate(0, NETWORK));
    }
    anvil.rpc("anvil_mine", "0x9c4");
    try (NetworkConnection oracle = asOracle(1)) {
      makeFinal(oracle, at.plusSeconds(100_000));
      assertThat(oracle.chain().finalised().number()).isGreaterThan(2400);
      assertThat(oracle.epochs().recorded(0)).map(RecordedEpoch::at).contains(at);
    }
  }

  @Test
  void aVoidByGovernanceIsShownAsSuch() {
    Bytes32 digest = network.connection().oracles().oraclesOf(0).configDigest();
    Instant at = genesis.plus(EPOCH.multipliedBy(VOID_AFTER));
    anvil.mineAt(at.getEpochSecond());
    try (NetworkConnection governed = asOracle(0)) {
      governed
          .sender()
          .send(
              SigningAccount.of(network.governance()),
              network.controller(),
              Controller.getABI_voidByGovernance(BigInteger.ZERO, new byte[32]));
      makeFinal(governed, at);
      assertThat(governed.epochs().recorded(0))
          .hasValueSatisfying(
              recorded -> {
                assertThat(recorded).isInstanceOf(RecordedEpoch.VoidedByGovernance.class);
                assertThat(recorded.outcomeHash())
                    .isEqualTo(VoidHash.byGovernance(digest, 0, Bytes32.ZERO));
                assertThat(recorded.at()).isAfterOrEqualTo(at);
              });
    }
  }

  @Test
  void aVoidThatAQuorumSignedTakesThePlaceOfTheCertificate() {
    SignedVoid voided = voided(3);
    SignedCertificate late = network.certificate(0, NETWORK);
    try (NetworkConnection oracle = asOracle(0);
        NetworkConnection other = asOracle(1)) {
      assertThat(oracle.epochs().voidAfter()).isEqualTo(VOID_AFTER);
      anvil.mineAt(genesis.plus(EPOCH.multipliedBy(VOID_AFTER)).getEpochSecond() - 1);
      assertThatThrownBy(() -> oracle.epochs().submit(voided))
          .hasMessageContaining("EpochNotVoidable(0, 7)");
      Instant at = genesis.plus(EPOCH.multipliedBy(VOID_AFTER));
      anvil.mineAt(at.getEpochSecond());
      assertThatThrownBy(() -> oracle.epochs().submit(voided(2)))
          .hasMessageContaining("QuorumMissed(2, 3)");
      assertThat(oracle.epochs().submit(voided)).isPresent();
      assertThat(other.epochs().submit(voided)).as("overtaken").isEmpty();
      assertThat(other.epochs().submit(late)).as("a late certificate").isEmpty();
      assertThat(other.epochs().pendingEpoch()).isEqualTo(1);
      assertThat(other.epochs().cumulativeRoot()).isEqualTo(voided.outcome().cumulativeRoot());
      makeFinal(other, at);
      assertThat(other.epochs().recorded(0))
          .hasValueSatisfying(
              recorded -> {
                RecordedEpoch.Voided shown = (RecordedEpoch.Voided) recorded;
                assertThat(shown.outcome()).isEqualTo(voided.outcome());
                assertThat(shown.outcomeHash()).isEqualTo(VoidHash.outcome(voided.outcome()));
                assertThat(shown.signers()).isEqualTo(0b111);
                assertThat(other.epochs().outcomeHash(0)).contains(shown.outcomeHash());
              });
    }
  }

  private SignedVoid voided(int signers) {
    VoidOutcome outcome =
        new VoidOutcome(
            network.connection().oracles().oraclesOf(0).configDigest(),
            0,
            Bytes32.ZERO,
            4,
            Bytes32.parse("01".repeat(32)),
            Bytes32.parse("02".repeat(32)),
            Bytes32.parse("03".repeat(32)),
            Bytes32.parse("04".repeat(32)),
            Bytes32.parse("05".repeat(32)),
            Bytes32.parse("06".repeat(32)));
    Bytes32 domain =
        CertificateHash.domain(network.connection().chain().chainId(), network.controller());
    Bytes32 digest = VoidHash.digest(domain, outcome, 0);
    List<byte[]> signatures =
        TestNetwork.ORACLES.stream()
            .limit(signers)
            .map(oracle -> oracle.signRecoverable(digest))
            .toList();
    return new SignedVoid(outcome, 0, (1 << signers) - 1, signatures);
  }

  private Instant submit(NetworkConnection oracle, SignedCertificate certificate) {
    long number = certificate.outcome().epoch();
    anvil.mineAt(genesis.plus(EPOCH.multipliedBy(number + 1)).getEpochSecond());
    long block = oracle.epochs().submit(certificate).orElseThrow().block();
    String time =
        anvil
            .rpc("eth_getBlockByNumber", "0x" + Long.toHexString(block), false)
            .path("timestamp")
            .asText();
    return Instant.ofEpochSecond(Long.decode(time));
  }

  private void makeFinal(NetworkConnection connection, Instant moment) {
    Instant later = moment.plusSeconds(10);
    anvil.mineAt(later.getEpochSecond());
    anvil.finalise();
    Await.until(
        "final at " + later,
        Duration.ofSeconds(10),
        () -> !connection.chain().finalised().timestamp().isBefore(later));
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

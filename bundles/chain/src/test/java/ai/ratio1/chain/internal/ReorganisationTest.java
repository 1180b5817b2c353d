package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was read and sent on a chain that took it back. */
@Timeout(120)
class ReorganisationTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final TestNode NODE = new TestNode(77);

  private AnvilProcess anvil;
  private TestNetwork network;
  private ChainConnection chain;
  private Instant genesis;
  private LicenceId deed;

  @BeforeEach
  void begin() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    chain = network.connection();
    deed = network.buy(1).get(0);
    network.link(deed, NODE);
    genesis = chain.chain().head().timestamp().plusSeconds(100);
    network.begin(genesis);
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  @Test
  void aCertificateThatIsTakenBackCanBeSubmittedAgainByAnybody() {
    SignedCertificate certificate = network.certificate(0, NETWORK);
    Bytes32 outcome = CertificateHash.outcome(certificate.outcome());
    try (NetworkConnection oracle = asOracle(0);
        NetworkConnection other = asOracle(1)) {
      anvil.mineAt(startOf(1).getEpochSecond());
      assertThat(oracle.epochs().submit(certificate)).isPresent();
      assertThat(other.epochs().submit(certificate)).as("overtaken").isEmpty();
      takeBack(1);
      assertThat(other.epochs().pendingEpoch()).isZero();
      assertThat(other.epochs().outcomeHash(0)).isEmpty();
      assertThat(other.epochs().recorded(0)).isEmpty();

      assertThat(other.epochs().submit(certificate)).isPresent();
      assertThat(oracle.epochs().submit(certificate)).as("now it is too late").isEmpty();
      awaitFinal(oracle.chain(), startOf(1).plusSeconds(20));
      assertThat(oracle.epochs().recorded(0)).map(RecordedEpoch::outcomeHash).contains(outcome);
      assertThat(oracle.epochs().pendingEpoch()).isEqualTo(1);
    }
  }

  @Test
  void aClaimThatIsTakenBackIsPaidOnceInTheEnd() {
    BigInteger rate = chain.rewards().rate(LicenceType.NODE_DEED);
    CumulativeReward reward =
        new CumulativeReward(deed, BigInteger.valueOf(255), rate.multiply(BigInteger.valueOf(255)));
    MerkleTree tree = MerkleTree.of(List.of(RewardLeaf.cumulative(reward), NETWORK));
    ClaimProof proof = new ClaimProof(reward, 0, tree.root(), tree.proof(0));
    try (NetworkConnection oracle = asOracle(0);
        Account payer = network.account(5)) {
      anvil.mineAt(startOf(1).getEpochSecond());
      oracle.epochs().submit(network.certificate(0, tree.root()));
      chain.rewards().claim(payer, proof);
      assertThat(chain.rewards().claimable(proof)).isZero();
      takeBack(1);
      assertThat(chain.rewards().claimable(proof)).isEqualTo(rate);
      assertThat(funds()).isZero();

      chain.rewards().claim(payer, proof);
      assertThat(chain.rewards().claimable(proof)).isZero();
      assertThat(funds()).isEqualTo(rate);
    }
  }

  /** What the newest block says is asked for again until the final one says it. */
  @Test
  void anAnnouncementThatIsTakenBackDecidesNothing() {
    List<EvmAddress> all = oraclesOf(0);
    List<EvmAddress> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    anvil.mineAt(startOf(1).getEpochSecond() - 20);
    chain.administration(network.governance()).announceOracles(reversed);
    anvil.mineAt(startOf(1).getEpochSecond());
    awaitHead();
    assertThat(oraclesOf(2)).as("decided, but not by a final block").isEqualTo(reversed);
    takeBack(2);
    anvil.mineAt(startOf(1).getEpochSecond() + 1);
    awaitHead();
    assertThat(oraclesOf(2)).isEqualTo(all);
    awaitFinal(chain.chain(), startOf(1).plusSeconds(20));
    assertThat(oraclesOf(2)).isEqualTo(all);
  }

  private BigInteger funds() {
    return chain.chain().r1Balance(network.owner().address());
  }

  private List<EvmAddress> oraclesOf(long epoch) {
    return chain.oracles().oraclesOf(epoch).oracles();
  }

  private void awaitHead() {
    String newest = anvil.rpc("eth_getBlockByNumber", "latest", false).path("hash").asText();
    Await.until(
        "followed",
        Duration.ofSeconds(10),
        () -> chain.chain().head().hash().toHex().equals(newest));
  }

  private void takeBack(int depth) {
    anvil.rpc("anvil_reorg", depth, List.of());
  }

  private Instant startOf(long epoch) {
    return genesis.plus(EPOCH.multipliedBy(epoch));
  }

  private void awaitFinal(Chain of, Instant moment) {
    anvil.mineAt(moment.getEpochSecond());
    anvil.finalise();
    Await.until(
        "final at " + moment,
        Duration.ofSeconds(10),
        () -> !of.finalised().timestamp().isBefore(moment));
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

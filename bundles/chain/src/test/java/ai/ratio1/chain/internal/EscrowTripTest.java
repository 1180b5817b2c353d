package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.Escrow;
import ai.ratio1.chain.Job;
import ai.ratio1.chain.JobFunding;
import ai.ratio1.chain.JobRequest;
import ai.ratio1.chain.JobShare;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Placement;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.DecisionHash;
import ai.ratio1.wire.certificate.PlacementHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an order to the operator's money on a real chain, with the transactions mined at once. */
class EscrowTripTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final TestNode NODE = new TestNode(77);
  private static final int TERM = 30;

  /** 0.375 USD at 5 USD per R1. */
  private static final BigInteger PRICE = new BigInteger("75000000000000000");

  private AnvilProcess anvil;
  private TestNetwork network;
  private ChainConnection connection;
  private NetworkConnection oracle;
  private Escrow escrow;
  private Account payer;
  private LicenceId deed;
  private Instant genesis;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    connection = network.connection();
    escrow = connection.escrow();
    payer = network.account(2);
    deed = network.buy(1).get(0);
    network.link(deed, NODE);
    genesis = connection.chain().head().timestamp().plusSeconds(100);
    network.begin(genesis);
    TestNode key = TestNetwork.ORACLES.get(0);
    anvil.rpc("anvil_setBalance", key.evmAddress().toHex(), "0xde0b6b3a7640000");
    oracle =
        NetworkConnection.open(
            options(), Web3jChainConnector.poller(), () -> Optional.of(key), any -> {});
  }

  @AfterEach
  void stop() {
    oracle.close();
    payer.close();
    network.close();
    anvil.close();
  }

  @Test
  void paysTheOperatorWhatTheNodeEarnedAndReturnsTheRest() {
    anvil.mineAt(genesis.getEpochSecond());
    assertThat(escrow.usdPrice(1)).isEqualTo(375_000);
    assertThat(escrow.price(1)).isEqualTo(PRICE);
    assertThat(escrow.newestJob()).isZero();
    assertThat(escrow.job(1)).isEmpty();

    BigInteger cost = PRICE.multiply(BigInteger.valueOf(2 * TERM));
    connection.administration(network.governance()).mintForDevelopment(payer.address(), cost);
    JobRequest request = new JobRequest(1, NETWORK, TERM, 2);
    assertThatThrownBy(
            () -> escrow.create(payer, payer.address(), List.of(request), funding(BigInteger.ONE)))
        .hasMessageContaining("CostExceedsMaximum(" + cost + ", 1)");
    long jobId = escrow.create(payer, payer.address(), List.of(request), funding(cost)).get(0);
    assertThat(escrow.newestJob()).isEqualTo(jobId);
    assertThat(escrow.activeJobs(payer.address())).containsExactly(jobId);
    assertThat(connection.chain().r1Balance(payer.address())).isZero();

    Placement placement = new Placement(jobId, 0, List.of(NODE.evmAddress()));
    escrow.recordNodes(payer, placement, decision(placement, 0));
    Job job = escrow.job(jobId).orElseThrow();
    assertThat(job.payer()).isEqualTo(payer.address());
    assertThat(job.activeNodes()).containsExactly(NODE.evmAddress());
    assertThat(job.startEpoch()).isEqualTo(OptionalLong.of(0));
    assertThat(job.nextDecision()).isEqualTo(1);
    assertThat(job.balance()).isEqualTo(cost);
    assertThat(escrow.nodesOf(jobId, TERM - 1)).containsExactly(NODE.evmAddress());
    assertThat(escrow.nodesOf(jobId, TERM)).isEmpty();

    for (long epoch = 0; epoch < TERM; epoch++) {
      settle(jobId, epoch, epoch == 3 ? 0 : 255);
    }
    assertEarned(jobId);
    BigInteger gross = PRICE.multiply(BigInteger.valueOf(TERM - 1));
    escrow.close(payer, jobId);
    assertThat(escrow.job(jobId).map(Job::closed)).contains(true);
    assertThat(escrow.withdrawable(payer.address())).isEqualTo(cost.subtract(gross));

    JobShare share = new JobShare(NODE.evmAddress(), deed);
    escrow.release(payer, jobId, 0, List.of(share));
    BigInteger kept = percent(gross, 90);
    BigInteger due = kept.subtract(percent(kept, 15));
    assertThat(escrow.withdrawable(network.owner().address())).isEqualTo(due);
    escrow.withdraw(network.owner(), network.owner().address());
    escrow.withdraw(payer, payer.address());
    assertThat(connection.chain().r1Balance(network.owner().address())).isEqualTo(due);
    assertThat(connection.chain().r1Balance(payer.address())).isEqualTo(cost.subtract(kept));
    assertThatThrownBy(() -> escrow.withdraw(payer, payer.address()))
        .hasMessageContaining("NothingToWithdraw");
  }

  @Test
  void ordersMoreAndTakesBackWhatNeverRan() {
    anvil.mineAt(genesis.getEpochSecond());
    BigInteger much = PRICE.multiply(BigInteger.valueOf(1_000));
    connection.administration(network.governance()).mintForDevelopment(payer.address(), much);
    JobRequest request = new JobRequest(1, NETWORK, TERM, 1);
    long jobId = escrow.create(payer, payer.address(), List.of(request), funding(much)).get(0);
    escrow.extendDuration(payer, jobId, TERM + 10, funding(much));
    escrow.extendNodes(payer, jobId, 3, funding(much));
    Job job = escrow.job(jobId).orElseThrow();
    assertThat(job.lastExecutionEpoch()).isEqualTo(TERM + 10);
    assertThat(job.nodesRequested()).isEqualTo(3);
    assertThat(job.balance()).isEqualTo(PRICE.multiply(BigInteger.valueOf(3 * (TERM + 10))));
    assertThat(job.startedAt()).isEmpty();
    assertThat(job.startEpoch()).isEmpty();
    assertThatThrownBy(() -> escrow.redeem(payer, jobId)).hasMessageContaining("NotRedeemable");
    anvil.mineAt(connection.chain().head().timestamp().plusSeconds(4_000).getEpochSecond());
    escrow.redeem(payer, jobId);
    assertThat(escrow.job(jobId)).isEmpty();
    assertThat(escrow.withdrawable(payer.address())).isEqualTo(job.balance());
  }

  private void assertEarned(long jobId) {
    BigInteger gross = PRICE.multiply(BigInteger.valueOf(TERM - 1));
    assertThat(escrow.earned(jobId, 0, new JobShare(NODE.evmAddress(), deed))).isEqualTo(gross);
    assertThat(escrow.score(NODE.evmAddress())).isEqualTo(950);
    assertThat(escrow.isTermFinal(jobId, 0)).isTrue();
    assertThat(escrow.isClosable(jobId)).isTrue();
  }

  /** Certifies an epoch in which the node has a row, and settles it. */
  private void settle(long jobId, long epoch, int availability) {
    RegistryRow row = new RegistryRow(deed, NODE.evmAddress());
    MerkleTree tree =
        MerkleTree.of(List.of(RewardLeaf.availability(epoch, row, availability), NETWORK));
    SignedCertificate certificate = certificate(epoch, tree.root());
    anvil.mineAt(genesis.plus(EPOCH.multipliedBy(epoch + 1)).getEpochSecond());
    oracle.epochs().submit(certificate);
    assertThat(escrow.isSettled(jobId, epoch, NODE.evmAddress())).isFalse();
    AvailabilityProof proof = new AvailabilityProof(row, availability, tree.proof(0));
    escrow.settle(payer, jobId, certificate.outcome(), List.of(proof));
    assertThat(escrow.isSettled(jobId, epoch, NODE.evmAddress())).isTrue();
  }

  private SignedCertificate certificate(long epoch, Bytes32 availabilityRoot) {
    EpochOutcome outcome =
        new EpochOutcome(
            connection.oracles().oraclesOf(0).configDigest(),
            epoch,
            0xf,
            0,
            250,
            1,
            Bytes32.ZERO,
            Bytes32.ZERO,
            availabilityRoot,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO);
    Bytes32 digest = CertificateHash.digest(domain(), outcome, 0);
    return new SignedCertificate(outcome, 0, 0b111, signatures(digest));
  }

  private SignedDecision decision(Placement placement, long sequence) {
    Bytes32 configDigest = connection.oracles().oraclesOf(0).configDigest();
    Bytes32 topic = PlacementHash.topic(placement.jobId());
    Bytes32 value = PlacementHash.value(placement);
    Bytes32 digest = DecisionHash.digest(domain(), configDigest, topic, sequence, 0, value);
    return new SignedDecision(configDigest, topic, sequence, 0, value, 0b111, signatures(digest));
  }

  private static List<byte[]> signatures(Bytes32 digest) {
    return TestNetwork.ORACLES.stream()
        .limit(3)
        .map(signer -> signer.signRecoverable(digest))
        .toList();
  }

  private Bytes32 domain() {
    return CertificateHash.domain(connection.chain().chainId(), network.controller());
  }

  private JobFunding funding(BigInteger maximum) {
    return new JobFunding(maximum, connection.chain().head().timestamp().plus(Duration.ofHours(2)));
  }

  private static BigInteger percent(BigInteger amount, long percent) {
    return amount.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100));
  }

  private ChainOptions options() {
    return ChainOptions.of(List.of(anvil.uri()), network.controller(), Duration.ofMillis(100));
  }
}

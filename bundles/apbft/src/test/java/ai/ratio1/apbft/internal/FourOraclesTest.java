package ai.ratio1.apbft.internal;

import static ai.ratio1.apbft.internal.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.Drop;
import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.Verifier;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.wire.certificate.CertificateHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole oracles in one process: real keys, threads, files; only the broker is in memory. */
final class FourOraclesTest {

  private static final Bytes32 DOMAIN = CertificateHash.domain(31337, TestChain.CONTROLLER);

  @TempDir Path folder;

  private final MemoryBroker broker = new MemoryBroker();
  private final Map<Integer, TestNode> nodes = new HashMap<>();

  @AfterEach
  void stopThemAndCheckThatNobodyVotedTwice() {
    nodes.values().forEach(TestNode::close);
    Map<String, Message> statements = new HashMap<>();
    for (byte[] frame : broker.published()) {
      Message message = Frames.decode(frame).message();
      if (message.kind().binding()) {
        Message before = statements.putIfAbsent(place(message), message);
        assertThat(before == null || before.equals(message)).as(place(message)).isTrue();
      }
    }
  }

  private static String place(Message message) {
    long view = message instanceof Prepare prepare ? prepare.view() : -1;
    view = message instanceof Commit commit ? commit.view() : view;
    return message.header() + "/" + message.kind() + "/" + view;
  }

  @Test
  void certifyEpochsOneAfterTheOther() throws Exception {
    start(0, 1, 2, 3);
    openAll(0);
    await("epoch 0", () -> certifiedByAll(0));
    nodes.values().forEach(node -> node.open(1, TestNode.LONG_WINDOW));
    await("epoch 1", () -> certifiedByAll(1));

    SignedCertificate certificate = node(2).agreement().certificate(1).orElseThrow();
    assertThat(certificate.outcome().observers()).isEqualTo(0b1111);
    assertThat(
            new Verifier(DOMAIN, TestNode.KEYS.recoverer())
                .certificate(certificate, TestNode.ORACLES))
        .isTrue();
    for (TestNode node : nodes.values()) {
      // Whoever learns the certificate from another gets its tables after it.
      await("the tables", () -> !node.agreement().observations(1).isEmpty());
      List<Observation> observations = node.agreement().observations(1);
      assertThat(observations).extracting(Observation::index).containsExactly(0, 1, 2, 3);
      assertThat(observations.get(3).table()).isEqualTo(TestNode.table(3));
      assertThat(node.certificates.poll(20, TimeUnit.SECONDS)).isNotNull();
      // The news come after the status of both epochs.
      assertThat(node.certificates.poll(20, TimeUnit.SECONDS)).isNotNull();
      RoundStatus status = node.agreement().status(1).orElseThrow();
      assertThat(status.phase()).isEqualTo(RoundStatus.Phase.CERTIFIED);
    }
    // A quorum vouched for all tables; the status of a fourth stays as it was when it learnt.
    assertThat(nodes.values())
        .filteredOn(node -> node.agreement().status(1).orElseThrow().tables() == 4)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void threeCertifyWithoutTheFourthWhichLearnsEverythingLater() {
    start(0, 1, 2);
    openAll(0);
    await("epoch 0", () -> certifiedByAll(0));
    start(3);
    node(3).agreement().open(TestNode.round(0, Optional.empty()), TestNode.outcome(0));
    await("its certificate", () -> node(3).certified(0));
    await("its tables", () -> node(3).agreement().observations(0).size() == 3);
  }

  @Test
  void certifyAnEpochThatTwoObservedOnceAThirdOffersATable() {
    start(0, 1, 2, 3);
    node(0).open(0);
    node(1).open(0);
    for (int index = 2; index < 4; index++) {
      node(index).agreement().open(TestNode.round(0, Optional.empty()), TestNode.outcome(0));
    }
    await("two commitments", () -> commitments(2) == 2 && commitments(3) == 2);
    byte[] nobody = new byte[TestNode.ROWS];
    node(3).agreement().open(TestNode.round(0, Optional.of(nobody)), TestNode.outcome(0));
    await("epoch 0", () -> certifiedByAll(0));
    assertThat(node(2).agreement().certificate(0).orElseThrow().outcome().observers())
        .isEqualTo(0b1011);
  }

  @Test
  void goOnWithTheirWordAfterARestartInTheMiddle() {
    start(0, 1);
    openAll(0);
    // Two are no quorum: they have committed and wait.
    await("commitments", () -> commitments(0) == 2);
    restart(0);
    nodes
        .get(0)
        .agreement()
        .open(TestNode.round(0, Optional.of(TestNode.table(9))), TestNode.outcome(0));
    start(2);
    node(2).open(0);
    await("epoch 0", () -> certifiedByAll(0));
    restart(1);
    assertThat(node(1).agreement().certificate(0)).isPresent();
    await("news of what was certified before", () -> !node(1).certificates.isEmpty());
  }

  @Test
  void surviveThatTheTransportIsSwapped() {
    start(0, 1, 2, 3);
    openAll(0);
    for (TestNode node : nodes.values()) {
      node.outbound.use(null);
      node.outbound.use(broker.connect());
    }
    await("epoch 0", () -> certifiedByAll(0));
  }

  @Test
  void surviveATransportThatThrowsWhileItGoesAway() {
    List<MemoryBroker.Link> links = new ArrayList<>();
    for (int index = 0; index < 4; index++) {
      MemoryBroker.Link link = broker.connect();
      links.add(link);
      nodes.put(index, TestNode.start(index, folder, link));
    }
    links.forEach(link -> link.fail(2));
    openAll(0);
    await("epoch 0", () -> certifiedByAll(0));
    assertThat(node(0).counters.refusals(Counters.Refusal.UNSENT)).isEqualTo(2);
  }

  @Test
  void goOnWhenTheConnectionComesBack() {
    List<MemoryBroker.Link> links = new ArrayList<>();
    for (int index = 0; index < 4; index++) {
      MemoryBroker.Link link = broker.connect();
      links.add(link);
      nodes.put(index, TestNode.start(index, folder, link));
    }
    links.forEach(link -> link.connected(false));
    openAll(0);
    await("attempts", () -> node(0).counters.refusals(Counters.Refusal.OFFLINE) > 3);
    assertThat(broker.published()).as("nothing piles up in an outbox").isEmpty();
    links.forEach(link -> link.connected(true));
    await("epoch 0", () -> certifiedByAll(0));
  }

  @Test
  void anOutcomeThatIsNotKnownYetIsAskedForAgain() {
    start(0, 1, 2, 3);
    AtomicBoolean known = new AtomicBoolean();
    for (TestNode node : nodes.values()) {
      node.open(
          7,
          observations ->
              known.get() ? TestNode.outcome(7).outcome(observations) : Optional.empty());
    }
    await("a view without outcome", () -> viewOf(0, 7) > 0);
    known.set(true);
    nodes.values().forEach(node -> node.agreement().retry());
    await("epoch 7", () -> certifiedByAll(7));
  }

  @Test
  void anOutcomeFunctionThatFailsStopsNobody() {
    start(0, 1, 2, 3);
    node(0)
        .open(
            3,
            observations -> {
              throw new IllegalStateException("broken on purpose");
            });
    for (int index = 1; index < 4; index++) {
      node(index).open(3);
    }
    await("epoch 3", () -> certifiedByAll(3));
  }

  @Test
  void aFloodOfNoiseAndForgeriesInTheirNamesDelaysThemLittle() {
    start(0, 1, 2, 3);
    openAll(0);
    Random random = new Random(1);
    AtomicBoolean over = new AtomicBoolean();
    Thread attacker =
        new Thread(
            () -> {
              while (!over.get()) {
                broker.inject(forgery(random));
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                broker.inject(noise);
                LockSupport.parkNanos(200_000);
              }
            });
    attacker.start();
    try {
      await("epoch 0 in the flood", () -> certifiedByAll(0));
    } finally {
      over.set(true);
    }
    assertThat(node(1).counters.drops(Drop.SIGNATURE)).isPositive();
    assertThat(node(1).counters.refusals(Counters.Refusal.MALFORMED)).isPositive();
  }

  @Test
  void adoptGenuineCertificatesOnly() {
    start(0, 1, 2);
    openAll(0);
    await("epoch 0", () -> certifiedByAll(0));
    SignedCertificate genuine = node(0).agreement().certificate(0).orElseThrow();
    TestNode alone = TestNode.start(3, folder, new MemoryBroker().connect());
    nodes.put(3, alone);
    assertThat(alone.agreement().adopt(genuine)).as("its epoch was never opened").isFalse();
    alone.agreement().open(TestNode.round(0, Optional.empty()), TestNode.outcome(0));
    await("the round", () -> alone.agreement().status(0).isPresent());
    List<byte[]> signatures = new ArrayList<>(genuine.signatures());
    signatures.set(0, new byte[65]);
    assertThat(
            alone
                .agreement()
                .adopt(
                    new SignedCertificate(
                        genuine.outcome(), genuine.view(), genuine.signers(), signatures)))
        .isFalse();
    assertThat(alone.agreement().adopt(genuine)).isTrue();
    await("the certificate", () -> alone.certified(0));
    assertThat(alone.agreement().adopt(genuine)).isTrue();
  }

  @Test
  void fetchATableThatNobodySentOnRequest() {
    start(0, 1, 2);
    openAll(0);
    await("epoch 0", () -> certifiedByAll(0));
    byte[] agreed = TableBytes.deflate(new byte[50_000]);
    Bytes32 hash = TableBytes.hash(agreed);
    node(0).agreement().keep(hash, agreed);
    await("the table here", () -> node(0).agreement().table(hash).isPresent());
    await("the table there", () -> node(2).agreement().table(hash).isPresent());
    assertThat(node(2).agreement().table(hash).orElseThrow()).isEqualTo(agreed);
  }

  @Test
  void aSuccessorWaitsUntilItsPredecessorLetsGoOfTheFile() {
    start(0);
    node(0).agreement();
    TestNode successor = TestNode.start(0, folder, broker.connect());
    try {
      assertThat(successor.serving()).isFalse();
      node(0).close();
      assertThat(successor.agreement()).isNotNull();
    } finally {
      successor.close();
    }
  }

  @Test
  void waitForTheChainAndRefuseTheDataOfAnotherNetwork() {
    TestChain late = new TestChain(Bytes32.ZERO);
    late.failures.set(2);
    TestNode first = TestNode.start(0, folder, broker.connect(), late);
    first.agreement();
    first.close();
    TestChain other = new TestChain(Bytes32.parse("44".repeat(32)));
    TestNode second = TestNode.start(0, folder, broker.connect(), other);
    nodes.put(0, second);
    other.failures.set(1);
    await("a second attempt", () -> other.failures.get() == 0);
    assertThat(second.serving()).isFalse();
  }

  @Test
  void stopInTheMiddleOfAnEpoch() {
    start(0, 1, 2, 3);
    openAll(0);
    node(0).close();
    await("the end", () -> !node(0).serving());
  }

  private byte[] forgery(Random random) {
    Header header =
        new Header(TestNode.ORACLES.configDigest(), 0, TestNode.KEYS.address(random.nextInt(4)));
    byte[] signature = new byte[65];
    random.nextBytes(signature);
    signature[0] = 0;
    signature[32] = 0;
    signature[64] = 27;
    return Frames.encode(
        new Signed<>(
            new ObsCommit(header, Bytes32.ZERO, random.nextInt(256), 0), Octets.of(signature)));
  }

  private long commitments(int index) {
    return node(index).agreement().status(0).map(RoundStatus::commits).orElse(0);
  }

  private long viewOf(int index, long epoch) {
    return node(index).agreement().status(epoch).map(RoundStatus::view).orElse(0L);
  }

  private void start(int... indices) {
    for (int index : indices) {
      nodes.put(index, TestNode.start(index, folder, broker.connect()));
    }
  }

  private void restart(int index) {
    node(index).close();
    start(index);
  }

  private void openAll(long epoch) {
    nodes.values().forEach(node -> node.open(epoch));
  }

  private boolean certifiedByAll(long epoch) {
    return nodes.values().stream().allMatch(node -> node.certified(epoch));
  }

  private TestNode node(int index) {
    return Optional.ofNullable(nodes.get(index)).orElseThrow();
  }
}

package ai.ratio1.apbft.internal;

import static ai.ratio1.apbft.internal.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import ai.ratio1.consensus.ValidityPredicate;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.DecisionHash;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second use of the engine by whole oracles: real keys, threads, files. */
final class DecidingOraclesTest {

  private static final Bytes32 DOMAIN = CertificateHash.domain(31337, TestChain.CONTROLLER);
  private static final Bytes32 TOPIC = Bytes32.parse("77".repeat(32));
  private static final ValidityPredicate ANYTHING = (slot, value) -> Validity.VALID;

  @TempDir Path folder;

  private final MemoryBroker broker = new MemoryBroker();
  private final Map<Integer, TestNode> nodes = new HashMap<>();

  @AfterEach
  void stopThemAndCheckThatNobodyVotedTwice() {
    nodes.values().forEach(TestNode::close);
    Map<Object, Message> statements = new HashMap<>();
    for (byte[] frame : broker.published()) {
      if (Frames.decode(frame).message() instanceof Ballot vote) {
        Slot slot = vote instanceof DecisionMessage about ? about.slot() : null;
        Object place = List.of(vote.header(), vote.kind(), vote.view(), String.valueOf(slot));
        Message before = statements.putIfAbsent(place, vote);
        assertThat(before == null || before.equals(vote)).as("%s", place).isTrue();
      }
    }
  }

  @Test
  void decideWhatOneOfThemProposesWithACertificateThatVerifies() {
    start(0, 1, 2, 3);
    List<Decision> told = new CopyOnWriteArrayList<>();
    node(2).decisionListeners.add(told::add);
    openAll(slot(0), ANYTHING);
    node(1).decisions().propose(slot(0), bytes("to be"));
    await("a decision", () -> decidedByAll(slot(0)));
    Decision decision = decision(3, slot(0));
    assertThat(decision.value()).isEqualTo(bytes("to be"));
    assertThat(decision.slot()).isEqualTo(slot(0));
    assertThat(signers(decision.certificate())).hasSize(3);
    await("news", () -> told.size() == 1);
    node(2).decisions().open(round(slot(0)), ANYTHING);
    await("news for whoever opens it again", () -> told.size() == 2);
    DecisionStatus status = node(2).decisions().status(slot(0)).orElseThrow();
    assertThat(status.phase()).isEqualTo(DecisionStatus.Phase.DECIDED);
  }

  @Test
  void agreeWhenEverybodyProposesSomethingElseAndManySlotsAreOpen() {
    start(0, 1, 2, 3);
    for (int sequence = 0; sequence < 4; sequence++) {
      openAll(slot(sequence), ANYTHING);
      for (int index = 0; index < 4; index++) {
        node(index).decisions().propose(slot(sequence), bytes(sequence + " by " + index));
      }
    }
    for (int sequence = 0; sequence < 4; sequence++) {
      Slot slot = slot(sequence);
      await("decision " + sequence, () -> decidedByAll(slot));
      Set<String> values = new HashSet<>();
      for (int index = 0; index < 4; index++) {
        values.add(new String(decision(index, slot).value(), StandardCharsets.UTF_8));
      }
      assertThat(values).hasSize(1);
      assertThat(values.iterator().next()).startsWith(sequence + " by ");
    }
  }

  @Test
  void decideNothingThatAQuorumDoesNotCallValid() {
    start(0, 1, 2, 3);
    AtomicReference<Validity> opinion = new AtomicReference<>(Validity.UNKNOWN);
    for (int index = 0; index < 4; index++) {
      // Two know from the beginning, two must find out.
      node(index).decisions().open(round(slot(0)), index < 2 ? ANYTHING : (s, v) -> opinion.get());
    }
    node(0).decisions().propose(slot(0), bytes("x"));
    await("a failed view", () -> view(0, slot(0)) > 0 || view(1, slot(0)) > 0 || asked(0) > 2);
    assertThat(nodes.values()).noneMatch(node -> node.decisions().decision(slot(0)).isPresent());
    opinion.set(Validity.VALID);
    nodes.values().forEach(node -> node.decisions().retry());
    await("a decision", () -> decidedByAll(slot(0)));
  }

  @Test
  void oneThatWasAwayLearnsTheValueAndOneThatRestartsKeepsIt() {
    start(0, 1, 2);
    openAll(slot(0), ANYTHING);
    node(0).decisions().propose(slot(0), bytes("x"));
    await("a decision", () -> decidedByAll(slot(0)));
    start(3);
    node(3).decisions().open(round(slot(0)), ANYTHING);
    await("what it missed", () -> decidedByAll(slot(0)));
    node(1).close();
    start(1);
    assertThat(decision(1, slot(0)).value()).isEqualTo(bytes("x"));
  }

  @Test
  void goOnWithTheirWordAfterARestartInTheMiddle() {
    start(0, 1);
    openAll(slot(5), ANYTHING);
    node(0).decisions().propose(slot(5), bytes("x"));
    await("both at it", () -> broker.published().size() > 12);
    node(0).close();
    node(1).close();
    start(0, 1, 2, 3);
    openAll(slot(5), ANYTHING);
    node(3).decisions().propose(slot(5), bytes("y"));
    await("a decision", () -> decidedByAll(slot(5)));
  }

  @Test
  void refuseWhatIsTooMuch() {
    start(0);
    Decisions decisions = node(0).decisions();
    for (int sequence = 0; sequence < Decisions.MAX_OPEN; sequence++) {
      decisions.open(round(slot(sequence)), ANYTHING);
    }
    assertThatThrownBy(() -> decisions.open(round(slot(500)), ANYTHING))
        .hasMessageContaining("128 slots");
    decisions.leave(slot(7));
    decisions.open(round(slot(500)), ANYTHING);
    assertThatThrownBy(() -> decisions.propose(slot(7), bytes("x")))
        .hasMessageContaining("not open");
    assertThatThrownBy(() -> decisions.propose(slot(0), new byte[Decisions.MAX_VALUE_LENGTH + 1]))
        .hasMessageContaining("24577 bytes");
    DecisionRound lopsided =
        new DecisionRound(slot(1), TestNode.ORACLES, Bytes32.ZERO, List.of(1, 2));
    assertThatThrownBy(() -> decisions.open(lopsided, ANYTHING)).hasMessageContaining("weights");
  }

  private static Slot slot(long sequence) {
    return new Slot(TOPIC, sequence);
  }

  private static DecisionRound round(Slot slot) {
    return new DecisionRound(slot, TestNode.ORACLES, Bytes32.ZERO);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Who signed, recovered as the contract does it. */
  private static Set<Object> signers(SignedDecision certificate) {
    Bytes32 digest =
        DecisionHash.digest(
            DOMAIN,
            certificate.configDigest(),
            certificate.topic(),
            certificate.sequence(),
            certificate.view(),
            certificate.valueHash());
    assertThat(certificate.valueHash()).isEqualTo(Keccak256.of(bytes("to be")));
    Set<Object> signers = new HashSet<>();
    int next = 0;
    for (int index = 0; index < 4; index++) {
      if ((certificate.signers() >> index & 1) == 1) {
        Octets signature = Octets.of(certificate.signatures().get(next++));
        assertThat(TestNode.KEYS.recoverer().recover(digest, signature))
            .contains(TestNode.KEYS.address(index));
        signers.add(index);
      }
    }
    return signers;
  }

  private void start(int... indices) {
    for (int index : indices) {
      nodes.put(index, TestNode.start(index, folder, broker.connect()));
    }
  }

  private TestNode node(int index) {
    return Objects.requireNonNull(nodes.get(index));
  }

  private void openAll(Slot slot, ValidityPredicate predicate) {
    nodes.values().forEach(node -> node.decisions().open(round(slot), predicate));
  }

  private boolean decidedByAll(Slot slot) {
    return nodes.values().stream()
        .allMatch(node -> node.serving() && node.decisions().decision(slot).isPresent());
  }

  private Decision decision(int index, Slot slot) {
    return node(index).decisions().decision(slot).orElseThrow();
  }

  private long view(int index, Slot slot) {
    return node(index).decisions().status(slot).map(DecisionStatus::view).orElse(0L);
  }

  /** How often an oracle has said that it would be in a later view. */
  private long asked(int index) {
    return broker.published().stream()
        .map(frame -> Frames.decode(frame).message())
        .filter(message -> message.header().oracle().equals(TestNode.KEYS.address(index)))
        .filter(message -> message instanceof DecisionWish wish && wish.view() > 0)
        .count();
  }
}

package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionCommit;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionOffer;
import ai.ratio1.apbft.internal.core.message.DecisionPrepare;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionRequest;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.LeaderOrder;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Oracle 0 of four; what the others say is made by hand. */
final class DecisionEngineTest {

  private static final Bytes32 CONFIG = Bytes32.parse("cc".repeat(32));
  private static final Bytes32 DOMAIN = CertificateHash.domain(31_337, EvmAddress.ZERO);
  private static final Slot SLOT = new Slot(Bytes32.parse("70".repeat(32)), 9);
  private static final Octets GOOD = Octets.of(new byte[] {1});
  private static final Octets OTHER = Octets.of(new byte[] {2});

  private final FakeKeys keys = new FakeKeys();
  private final OracleSet oracles =
      new OracleSet(IntStream.range(0, 4).mapToObj(keys::address).toList(), CONFIG);
  private final Map<Slot, Signed<DecisionCert>> archive = new HashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private final DecisionEngine engine = engine();
  private final int[] leaders = leaders();
  private Validity opinion = Validity.VALID;

  private DecisionEngine engine() {
    return new DecisionEngine(
        new Voice(keys.address(0), DOMAIN, keys.signer(0)),
        keys.recoverer(),
        slot -> Optional.ofNullable(archive.get(slot)),
        Settings.DEFAULT,
        Rules.STANDARD);
  }

  @Test
  void sleepsUntilSomebodyProposesSomethingValid() {
    open();
    assertThat(sent(DecisionRequest.class)).hasSize(1);
    assertThat(sent(DecisionWish.class)).isEmpty();
    opinion = Validity.UNKNOWN;
    hear(1, new DecisionOffer(header(1), SLOT, GOOD));
    assertThat(status().phase()).isEqualTo(DecisionStatus.Phase.IDLE);
    assertThat(status().candidates()).isEqualTo(1);
    opinion = Validity.VALID;
    on(new DecisionEvent.Retry());
    assertThat(status().phase()).isEqualTo(DecisionStatus.Phase.AGREEING);
    assertThat(sent(DecisionNewView.class)).hasSize(1);
  }

  @Test
  void wakesWhenAnHonestOneMustBeAtIt() {
    open();
    hear(1, new DecisionWish(header(1), SLOT, 1));
    assertThat(status().phase()).isEqualTo(DecisionStatus.Phase.IDLE);
    hear(2, new DecisionWish(header(2), SLOT, 1));
    assertThat(status().phase()).isEqualTo(DecisionStatus.Phase.AGREEING);
  }

  @Test
  void votesForWhatAQuorumPreparedAlthoughItsPredicateSaysNo() {
    opinion = Validity.INVALID;
    open();
    enterViewLedBySomebodyElse();
    long view = status().view();
    hear(leaders[(int) view % 4], proposal(view, GOOD, Optional.empty()));
    assertThat(sent(DecisionPrepare.class)).as("invalid").isEmpty();
    wish(view + 1);
    while (leaders[(int) status().view() % 4] == 0) {
      wish(status().view() + 1);
    }
    long next = status().view();
    hear(leaders[(int) next % 4], proposal(next, GOOD, Optional.of(lock(view, GOOD))));
    assertThat(sent(DecisionPrepare.class)).hasSize(1);
  }

  @Test
  void refusesAnotherValueThanTheOneThatIsLocked() {
    open();
    enterViewLedBySomebodyElse();
    long view = status().view();
    hear(leaders[(int) view % 4], proposal(view, OTHER, Optional.of(lock(0, GOOD))));
    assertThat(dropped()).containsExactly(Drop.INVALID);
    assertThat(sent(DecisionPrepare.class)).isEmpty();
  }

  @Test
  void ofTwoVotesOfOneOracleTheFirstCountsAndBothAreReported() {
    open();
    hear(1, new DecisionPrepare(header(1), SLOT, 0, Bytes32.ZERO));
    hear(1, new DecisionPrepare(header(1), SLOT, 0, CONFIG));
    assertThat(effects(DecisionEffect.Contradicted.class)).hasSize(1);
    assertThat(status().equivocators()).containsExactly(keys.address(1));
    hear(1, new DecisionPrepare(header(1), SLOT, 0, DOMAIN));
    assertThat(effects(DecisionEffect.Contradicted.class)).as("once is enough").isEmpty();
  }

  @Test
  void takesACertificateAnswersWithItAndNoticesASecond() {
    open();
    hear(1, cert(GOOD, 0b0111));
    assertThat(effects(DecisionEffect.Concluded.class)).hasSize(1);
    hear(2, new DecisionWish(header(2), SLOT, 1));
    assertThat(sent(DecisionCert.class)).hasSize(1);
    hear(3, new DecisionWish(header(3), SLOT, 1));
    assertThat(sent(DecisionCert.class)).as("said just now").isEmpty();
    hear(1, cert(OTHER, 0b0111));
    assertThat(effects(DecisionEffect.Warn.class))
        .extracting(warn -> warn.problem().code())
        .containsExactly(Problems.CONFLICT);
  }

  @Test
  void refusesCertificatesOfTooFewAndOfTheWrongOnes() {
    open();
    hear(1, cert(GOOD, 0b0011));
    assertThat(dropped()).containsExactly(Drop.INVALID);
    DecisionCert good = cert(GOOD, 0b0111);
    hear(
        1,
        new DecisionCert(
            good.header(), SLOT, good.view() + 1, GOOD, good.signers(), good.signatures()));
    assertThat(dropped()).as("the view is signed").containsExactly(Drop.INVALID);
  }

  @Test
  void showsWhatWasDecidedLongAgo() {
    open();
    Slot old = new Slot(SLOT.topic(), 1);
    DecisionCert cert = new DecisionCert(header(0), old, 0, GOOD, 0, List.of());
    archive.put(old, new Signed<>(cert, Octets.of(new byte[65])));
    hear(1, new DecisionRequest(header(1), old, keys.address(0)));
    assertThat(sent(DecisionCert.class)).containsExactly(cert);
    hear(2, new DecisionRequest(header(2), old, keys.address(1)));
    assertThat(sent(DecisionCert.class)).as("somebody else was asked").isEmpty();
  }

  @Test
  void keepsMessagesForASlotThatIsNotOpenYet() {
    on(open(new Slot(SLOT.topic(), 0), List.of()));
    hear(1, new DecisionOffer(header(1), SLOT, GOOD));
    assertThat(dropped()).isEmpty();
    open();
    assertThat(status().candidates()).isEqualTo(1);
    for (int sequence = 0; sequence < 500; sequence++) {
      hear(1, new DecisionOffer(header(1), new Slot(CONFIG, sequence), GOOD));
    }
    assertThat(engine.size()).isLessThan(80);
  }

  @Test
  void neverSpeaksUnderASecondConfiguration() {
    Header before = new Header(DOMAIN, 0, keys.address(0));
    DecisionPrepare vote = new DecisionPrepare(before, SLOT, 0, Bytes32.ZERO);
    on(open(SLOT, List.of(new LogEntry.Said(sign(0, vote)))));
    assertThat(effects(DecisionEffect.Warn.class))
        .extracting(warn -> warn.problem().code())
        .containsExactly(Problems.RECONFIGURED);
    assertThat(engine.isOpen(SLOT)).isFalse();
  }

  private void open() {
    on(open(SLOT, List.of()));
  }

  private DecisionEvent open(Slot slot, List<LogEntry> log) {
    return new DecisionEvent.Open(new DecisionRound(slot, oracles, Bytes32.ZERO), log);
  }

  /** Moves to a view above 0 in which oracle 0 follows. */
  private void enterViewLedBySomebodyElse() {
    wish(1);
    while (leaders[(int) status().view() % 4] == 0) {
      wish(status().view() + 1);
    }
  }

  private void wish(long view) {
    for (int oracle = 1; oracle < 4; oracle++) {
      hear(oracle, new DecisionWish(header(oracle), SLOT, view));
    }
    assertThat(status().view()).isEqualTo(view);
  }

  private DecisionPropose proposal(long view, Octets value, Optional<ValueLock> lock) {
    List<Signed<DecisionNewView>> parts =
        IntStream.range(1, 4)
            .mapToObj(
                oracle ->
                    sign(
                        oracle,
                        new DecisionNewView(
                            header(oracle),
                            SLOT,
                            view,
                            lock.filter(any -> oracle == 2),
                            Optional.empty())))
            .toList();
    return new DecisionPropose(header(leaders[(int) view % 4]), SLOT, view, value, parts);
  }

  private ValueLock lock(long view, Octets value) {
    Bytes32 hash = Keccak256.of(value.toArray());
    List<Octets> signatures =
        IntStream.range(1, 4)
            .mapToObj(o -> sign(o, new DecisionPrepare(header(o), SLOT, view, hash)).signature())
            .toList();
    return new ValueLock(view, hash, 0b1110, signatures);
  }

  private DecisionCert cert(Octets value, int signers) {
    Bytes32 hash = Keccak256.of(value.toArray());
    List<Octets> signatures =
        IntStream.range(0, 4)
            .filter(o -> (signers >> o & 1) == 1)
            .mapToObj(o -> sign(o, new DecisionCommit(header(o), SLOT, 2, hash)).signature())
            .toList();
    return new DecisionCert(header(1), SLOT, 2, value, signers, signatures);
  }

  private int[] leaders() {
    Bytes32 seed =
        new AbiWords().bytes32(Bytes32.ZERO).bytes32(SLOT.topic()).uint(SLOT.sequence()).hash();
    return LeaderOrder.of(oracles, seed, List.of()).stream().mapToInt(leader -> leader).toArray();
  }

  private Header header(int oracle) {
    return new Header(CONFIG, 0, keys.address(oracle));
  }

  private <M extends DecisionMessage> Signed<M> sign(int oracle, M message) {
    return new Signed<>(message, keys.signer(oracle).sign(message.digest(DOMAIN)));
  }

  private void hear(int oracle, DecisionMessage message) {
    on(new DecisionEvent.Received(sign(oracle, message)));
  }

  /** Carries out what follows as the driver does. */
  private void on(DecisionEvent first) {
    effects.clear();
    List<DecisionEvent> queue = new ArrayList<>(List.of(first));
    while (!queue.isEmpty()) {
      for (Effect effect : engine.on(queue.remove(0), 1_000_000)) {
        effects.add(effect);
        if (effect instanceof DecisionEffect.Judge judge) {
          queue.add(new DecisionEvent.Judged(judge.slot(), judge.value(), opinion));
        }
      }
    }
  }

  private <M extends DecisionMessage> List<M> sent(Class<M> type) {
    return effects(Effect.Send.class).stream()
        .map(send -> send.message().message())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private <E extends Effect> List<E> effects(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Drop> dropped() {
    return effects(Effect.Dropped.class).stream().map(Effect.Dropped::reason).toList();
  }

  private DecisionStatus status() {
    return engine.status().stream()
        .filter(status -> status.slot().equals(SLOT))
        .findFirst()
        .orElseThrow();
  }
}

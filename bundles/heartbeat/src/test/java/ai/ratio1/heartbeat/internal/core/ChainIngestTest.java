package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.certificate.AnchorHash;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links of hash chains, from nodes that keep to the rules and from others. */
class ChainIngestTest {

  private static final long EPOCH = 3;
  private static final int LENGTH = 120;
  private static final long PART = 250;

  private final TestKey alice = new TestKey(1);
  private final TestKey bob = new TestKey(2);
  private final TestSignatures signatures = new TestSignatures();
  private final SlotBook slots = new SlotBook();
  private final ChainBook chains = new ChainBook();
  private final Tally tally = new Tally();
  private final Recorder recorder = new Recorder();
  private final BeaconBook beacons = Network.knowing(EPOCH - 1, EPOCH);
  private final BeatIngest ingest = ingest();
  private final BeatComposer node = Network.composer(alice, "a1", Network.knowing(EPOCH));
  private final HashChain chain = new HashChain(Network.beacon(42), LENGTH);
  private final SignedAnchor anchor = sign(alice, EPOCH, chain);

  private BeatIngest ingest() {
    IngestLimits limits = new IngestLimits(65_536, 8, 100, 50);
    return new BeatIngest(signatures, limits, beacons, slots, chains, tally, recorder);
  }

  @BeforeEach
  void start() {
    ingest.setSchedule(Network.SCHEDULE);
    ingest.setNetwork(Network.DOMAIN);
    ingest.setLicensed(Set.of(alice.evmAddress(), bob.evmAddress()));
  }

  @Test
  void oneSignatureAnEpochAndThenOneHashABeat() {
    announce(anchor, 0);
    int signed = signatures.verifications.get() + signatures.recoveries.get();
    for (int number = 1; number <= LENGTH; number++) {
      deliver(number, chain.link(number), middleOf(number));
    }
    assertThat(signatures.verifications.get() + signatures.recoveries.get()).isEqualTo(signed);
    assertThat(tally.linkCount()).isEqualTo(LENGTH);
    assertThat(tally.boundCount()).isEqualTo(LENGTH + 1);
    assertThat(seen().cardinality()).isEqualTo(60);
    assertThat(recorder.refusals).isEmpty();
  }

  @Test
  void aGapOfTheWholeEpochIsBridged() {
    announce(anchor, 0);
    deliver(LENGTH, chain.link(LENGTH), middleOf(LENGTH));
    assertThat(seen().stream().boxed()).containsExactly(0, 59);
    deliver(LENGTH - 1, chain.link(LENGTH - 1), middleOf(LENGTH));
    assertThat(recorder.refusals).containsExactly(Refusal.REPLAYED);
  }

  @Test
  void aLinkCountsInTheWindowOfItsOwnTimeAlone() {
    announce(anchor, 0);
    Instant begin = Network.at(EPOCH, 10 * PART);
    deliver(11, chain.link(11), begin.minusMillis(126));
    deliver(11, chain.link(11), begin.plusMillis(PART + 126));
    assertThat(recorder.refusals).containsExactly(Refusal.SKEWED, Refusal.DUPLICATE);
    assertThat(seen().cardinality()).isEqualTo(1);
    deliver(12, chain.link(12), begin.plusMillis(PART - 125));
    assertThat(seen().stream().boxed()).containsExactly(0, 5);
    deliver(14, chain.link(14), begin.plusMillis(4 * PART + 125));
    assertThat(seen().stream().boxed()).containsExactly(0, 5, 6);
  }

  @Test
  void nobodyCanMakeALinkThatTheNodeHasNotRevealed() {
    announce(anchor, 0);
    deliver(5, chain.link(5), middleOf(5));
    // From what was revealed only older links follow.
    deliver(6, chain.link(5), middleOf(6));
    deliver(7, LinkHash.times(chain.link(5), 1), middleOf(7));
    deliver(8, new byte[32], middleOf(8));
    assertThat(recorder.refusals)
        .containsExactly(Refusal.BROKEN_LINK, Refusal.BROKEN_LINK, Refusal.BROKEN_LINK);
    deliver(9, chain.link(9), middleOf(9));
    assertThat(tally.linkCount()).isEqualTo(2);
  }

  @Test
  void replaysAndNumbersOutOfRangeAreRefused() {
    announce(anchor, 0);
    deliver(8, chain.link(8), middleOf(8));
    deliver(7, chain.link(7), middleOf(8));
    deliver(LENGTH + 1, chain.link(LENGTH), middleOf(LENGTH));
    deliver(Integer.MAX_VALUE, chain.link(1), middleOf(8));
    offer(BeatLink.encode(alice.address(), EPOCH, 0, chain.link(1)), middleOf(8));
    offer(BeatLink.encode(alice.address(), EPOCH, -1, chain.link(1)), middleOf(8));
    offer(new byte[BeatLink.BYTES - 1], middleOf(8));
    assertThat(recorder.refusals)
        .containsExactly(
            Refusal.REPLAYED,
            Refusal.BROKEN_LINK,
            Refusal.BROKEN_LINK,
            Refusal.UNREADABLE,
            Refusal.UNREADABLE,
            Refusal.UNREADABLE);
  }

  @Test
  void aLinkOfAnotherEpochOrNodeOrStrangerIsRefused() {
    announce(anchor, 0);
    offer(BeatLink.encode(alice.address(), EPOCH + 1, 1, chain.link(1)), middleOf(1));
    offer(BeatLink.encode(alice.address(), EPOCH - 1, 1, chain.link(1)), middleOf(1));
    offer(BeatLink.encode(bob.address(), EPOCH, 1, chain.link(1)), middleOf(1));
    offer(BeatLink.encode(new TestKey(9).address(), EPOCH, 1, chain.link(1)), middleOf(1));
    offer(BeatLink.encode(alice.address(), EPOCH - 2, 1, chain.link(1)), middleOf(1));
    assertThat(recorder.refusals)
        .containsExactly(
            Refusal.NO_ANCHOR,
            Refusal.NO_ANCHOR,
            Refusal.NO_ANCHOR,
            Refusal.UNLICENSED,
            Refusal.LATE);
  }

  @Test
  void theFirstAnchorCountsAndASecondOneIsEvidenceOnce() {
    announce(anchor, 0);
    HashChain other = new HashChain(Network.beacon(43), LENGTH);
    SignedAnchor second = sign(alice, EPOCH, other);
    announce(second, 300);
    announce(second, 600);
    announce(anchor, 900);
    assertThat(recorder.refusals).isEmpty();
    assertThat(recorder.contradictions).hasSize(1);
    assertThat(tally.contradictionCount()).isEqualTo(1);
    AnchorContradiction charged = chains.contradictions().get(0);
    assertThat(charged.first().anchor()).isEqualTo(chain.anchor());
    assertThat(charged.second().anchor()).isEqualTo(other.anchor());
    // Anybody can check it.
    assertThat(recovers(charged.first(), charged.firstSignature())).isTrue();
    assertThat(recovers(charged.second(), charged.secondSignature())).isTrue();

    deliver(9, other.link(9), middleOf(9));
    assertThat(recorder.refusals).containsExactly(Refusal.BROKEN_LINK);
    deliver(10, chain.link(10), middleOf(10));
    assertThat(tally.linkCount()).isEqualTo(1);
  }

  @Test
  void anAnchorThatDoesNotCountCostsNotItsBeat() {
    byte[] foreign = bob.signRecoverable(AnchorHash.digest(domain(), anchor.anchor()));
    announce(new SignedAnchor(anchor.anchor(), foreign), 0);
    announce(new SignedAnchor(anchor.anchor(), new byte[65]), 300);
    for (int length : new int[] {1, 59, 61, 540, Integer.MAX_VALUE}) {
      BeatAnchor made =
          new BeatAnchor(EPOCH, alice.evmAddress(), chain.anchor(), length, Network.beacon(EPOCH));
      announce(sign(alice, made), 600 + length % 97L);
    }
    assertThat(recorder.refusals).hasSize(7).containsOnly(Refusal.ANCHOR);
    assertThat(tally.boundCount()).isEqualTo(7);
    assertThat(chains.find(EPOCH, alice.evmAddress())).isEmpty();
    announce(anchor, 2000);
    assertThat(chains.find(EPOCH, alice.evmAddress())).isPresent();
  }

  @Test
  void whoDoesNotKnowTheBeaconCountsTheChainUnboundUntilItDoes() {
    BeatIngest blind =
        new BeatIngest(
            signatures,
            new IngestLimits(65_536, 8, 100, 50),
            Network.knowing(EPOCH - 1),
            slots,
            chains,
            tally,
            recorder);
    blind.setSchedule(Network.SCHEDULE);
    blind.setNetwork(Network.DOMAIN);
    blind.setLicensed(Set.of(alice.evmAddress()));
    Instant sent = Network.at(EPOCH, 0);
    blind.offer(node.compose(sent, EPOCH, Optional.of(anchor), ""), sent);
    blind.work();
    blind.offerLink(BeatLink.encode(alice.address(), EPOCH, 2, chain.link(2)), middleOf(2));
    blind.work();
    assertThat(tally.unboundCount()).isEqualTo(2);
    announce(anchor, 900);
    deliver(5, chain.link(5), middleOf(5));
    assertThat(tally.boundCount()).isEqualTo(2);
  }

  @Test
  void aGenuineHeartbeatCountsUnboundBesideAChain() {
    announce(anchor, 0);
    Instant sent = Network.at(EPOCH, 5000);
    BeatComposer genuine = Network.composer(alice, "a1", new BeaconBook());
    ingest.offer(genuine.compose(sent, EPOCH, ""), sent);
    ingest.work();
    assertThat(tally.unboundCount()).isEqualTo(1);
    assertThat(seen().get(10)).isTrue();
  }

  @Test
  void afterTheEpochIsFrozenNothingCounts() {
    announce(anchor, 0);
    slots.freeze(EPOCH);
    deliver(LENGTH, chain.link(LENGTH), middleOf(LENGTH));
    assertThat(recorder.refusals).containsExactly(Refusal.LATE);
  }

  /** Loss, repetition, delay and lies, as they come; a model says what must count. */
  @Test
  void inWhateverOrderTheyComeExactlyTheRightOnesCount() {
    for (int seed = 0; seed < 40; seed++) {
      checkAgainstModel(new Random(seed));
    }
  }

  private void checkAgainstModel(Random random) {
    ChainIntake intake = new ChainIntake(signatures, new ChainBook(), new SlotBook());
    intake.setNetwork(Network.DOMAIN);
    intake.take(anchor, EPOCH, true, Network.SCHEDULE);
    Sender sender = new Sender(alice.address(), alice.evmAddress());
    int last = 0;
    for (int step = 0; step < 400; step++) {
      int number = 1 + random.nextInt(LENGTH + 4);
      boolean genuine = random.nextInt(4) > 0 && number <= LENGTH;
      byte[] link = genuine ? chain.link(number) : Network.beacon(random.nextInt()).toArray();
      long begin = (number - 1) * PART;
      long arrives = begin - 200 + random.nextInt((int) PART + 400);
      boolean timely = arrives >= begin - 125 && arrives <= begin + PART + 125;
      boolean counts = genuine && timely && number > last;
      Optional<Refusal> refusal =
          intake
              .take(
                  new BeatLink(alice.address().text(), EPOCH, number, link),
                  sender,
                  Network.SCHEDULE,
                  Network.at(EPOCH, arrives))
              .refusal();
      assertThat(refusal.isEmpty()).as("step %d, link %d", step, number).isEqualTo(counts);
      last = counts ? number : last;
      if (last > LENGTH - 10) {
        return;
      }
    }
  }

  private BitSet seen() {
    Presence presence = slots.presence(EPOCH).get(alice.evmAddress());
    return presence.present();
  }

  private static Instant middleOf(int number) {
    return Network.at(EPOCH, (number - 1) * PART + PART / 2);
  }

  private void announce(SignedAnchor signed, long millis) {
    Instant sent = Network.at(EPOCH, millis);
    ingest.offer(node.compose(sent, EPOCH, Optional.of(signed), ""), sent);
    ingest.work();
  }

  private void deliver(int number, byte[] link, Instant at) {
    offer(BeatLink.encode(alice.address(), EPOCH, number, link), at);
  }

  private void offer(byte[] frame, Instant at) {
    ingest.offerLink(frame, at);
    ingest.work();
  }

  private static Bytes32 domain() {
    return Network.DOMAIN.domain();
  }

  private static SignedAnchor sign(TestKey key, long epoch, HashChain chain) {
    return sign(
        key,
        new BeatAnchor(
            epoch, key.evmAddress(), chain.anchor(), chain.length(), Network.beacon(epoch)));
  }

  private static SignedAnchor sign(TestKey key, BeatAnchor anchor) {
    return new SignedAnchor(anchor, key.signRecoverable(AnchorHash.digest(domain(), anchor)));
  }

  private boolean recovers(BeatAnchor anchor, byte[] signature) {
    return signatures
        .recover(AnchorHash.digest(domain(), anchor), signature)
        .filter(alice.evmAddress()::equals)
        .isPresent();
  }
}

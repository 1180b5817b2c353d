package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.BeatLink;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges anchors and links. A link costs nothing before it is known to arrive in its own time, and
 * one hash for each number since the last. Thread-safe for different senders.
 */
final class ChainIntake {

  private final Signatures signatures;
  private final ChainBook chains;
  private final SlotBook slots;
  private volatile @Nullable AnchorDomain network;

  /**
   * What came of a link.
   *
   * @param refusal why it does not count; empty when it does
   * @param bound whether its anchor carries the beacon of the epoch
   */
  record Outcome(Optional<Refusal> refusal, boolean bound) {

    private static Outcome refused(Refusal refusal) {
      return new Outcome(Optional.of(refusal), false);
    }
  }

  /**
   * What came of an anchor.
   *
   * @param refusal why it does not count; empty when it does, or when it was known
   * @param contradiction that its node signed two, if that is news
   */
  record Anchored(Optional<Refusal> refusal, Optional<AnchorContradiction> contradiction) {

    private static final Anchored FINE = new Anchored(Optional.empty(), Optional.empty());
    private static final Anchored REFUSED =
        new Anchored(Optional.of(Refusal.ANCHOR), Optional.empty());
  }

  ChainIntake(Signatures signatures, ChainBook chains, SlotBook slots) {
    this.signatures = signatures;
    this.chains = chains;
    this.slots = slots;
  }

  void setNetwork(AnchorDomain known) {
    network = known;
  }

  /**
   * Takes the anchor of a heartbeat that counts.
   *
   * @param epoch the epoch of the heartbeat
   * @param bound whether its beacon is known to be the one of that epoch
   */
  Anchored take(SignedAnchor signed, long epoch, boolean bound, EpochSchedule schedule) {
    AnchorDomain known = network;
    BeatAnchor anchor = signed.anchor();
    if (known == null || anchor.epoch() != epoch || slots.isFrozen(epoch)) {
      // Made for another epoch, or too early to judge: the next heartbeat repeats it.
      return Anchored.FINE;
    }
    Optional<KnownChain> first = chains.find(epoch, anchor.node());
    if (first.isPresent() && first.get().anchor().anchor().equals(anchor)) {
      if (bound) {
        first.get().bind();
      }
      return Anchored.FINE;
    }
    if (!LinkTimes.isLength(anchor.length(), schedule)
        || !signed.isSigned(known.domain(), signatures)) {
      return Anchored.REFUSED;
    }
    if (first.isEmpty()) {
      chains.add(new KnownChain(signed, bound));
      return Anchored.FINE;
    }
    SignedAnchor other = first.get().anchor();
    AnchorContradiction contradiction =
        new AnchorContradiction(other.anchor(), other.signature(), anchor, signed.signature());
    return new Anchored(
        Optional.empty(),
        chains.charge(contradiction) ? Optional.of(contradiction) : Optional.empty());
  }

  /** Judges a link and marks its slot. */
  Outcome take(BeatLink link, Sender sender, EpochSchedule schedule, Instant receivedAt) {
    long epoch = link.epoch();
    if (slots.isFrozen(epoch)
        || receivedAt.isAfter(schedule.endOf(epoch).plus(schedule.lateWindow()))) {
      return Outcome.refused(Refusal.LATE);
    }
    Optional<KnownChain> known = chains.find(epoch, sender.evmAddress);
    if (known.isEmpty()) {
      return Outcome.refused(Refusal.NO_ANCHOR);
    }
    KnownChain chain = known.get();
    int length = chain.length();
    if (link.number() > length) {
      return Outcome.refused(Refusal.BROKEN_LINK);
    }
    if (!LinkTimes.isTimely(link.number(), epoch, length, schedule, receivedAt)) {
      return Outcome.refused(Refusal.SKEWED);
    }
    KnownChain.Verdict verdict = chain.advance(link.number(), link.link());
    if (verdict != KnownChain.Verdict.NEXT) {
      return Outcome.refused(
          verdict == KnownChain.Verdict.OLD ? Refusal.REPLAYED : Refusal.BROKEN_LINK);
    }
    slots.mark(
        epoch,
        schedule.slots(),
        sender.evmAddress,
        LinkTimes.slot(link.number(), length, schedule));
    return new Outcome(Optional.empty(), chain.isBound());
  }
}

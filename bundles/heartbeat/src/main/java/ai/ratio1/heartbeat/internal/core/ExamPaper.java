package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofSize;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a node has said and proven in an epoch. Not thread-safe. */
final class ExamPaper {

  private static final int NONE = -1;

  private final EvmAddress node;
  private final CapabilityClaim claim;
  private final ProofSize size;
  private final boolean possible;
  private @Nullable Instant answeredAt;
  private Bytes32 work = Bytes32.ZERO;
  private int samples;
  private int wrongSegment = NONE;
  private boolean doubted;

  ExamPaper(EvmAddress node, CapabilityClaim claim, ProofBudget budget, Duration epoch) {
    this(node, claim, ProofSize.of(budget, claim, epoch), budget.allows(claim));
  }

  private ExamPaper(EvmAddress node, CapabilityClaim claim, ProofSize size, boolean possible) {
    this.node = node;
    this.claim = claim;
    this.size = size;
    this.possible = possible;
  }

  /** The same claim, without a word about it. */
  ExamPaper silent() {
    return new ExamPaper(node, claim, size, true);
  }

  CapabilityClaim claim() {
    return claim;
  }

  ProofSize size() {
    return size;
  }

  boolean isAnswered() {
    return answeredAt != null;
  }

  void answer(Bytes32 hash, Instant receivedAt) {
    work = hash;
    answeredAt = receivedAt;
  }

  /** Takes note of a segment that was computed again. */
  void sampled(int place, boolean holds) {
    samples++;
    if (!holds) {
      wrongSegment = place;
    }
  }

  /** Whether its being doubted is news. */
  boolean isNewlyDoubted(CapabilityFinding finding) {
    boolean news = finding.isDoubted() && !doubted;
    doubted |= news;
    return news;
  }

  /**
   * The finding.
   *
   * @param since when the beacon was known here; null when this oracle came too late to tell
   */
  CapabilityFinding finding(long epoch, @Nullable Instant since, Instant now) {
    Duration delay = Duration.ZERO;
    if (since != null && answeredAt != null && answeredAt.isAfter(since)) {
      delay = Duration.ofMillis(Duration.between(since, answeredAt).toMillis());
    }
    return new CapabilityFinding(
        epoch,
        node,
        claim,
        verdict(since, delay, now),
        work,
        delay,
        size.allowed(),
        samples,
        wrongSegment);
  }

  private CapabilityVerdict verdict(@Nullable Instant since, Duration delay, Instant now) {
    if (!possible || wrongSegment != NONE) {
      return CapabilityVerdict.WRONG;
    }
    if (since == null) {
      return CapabilityVerdict.UNPROVEN;
    }
    if (answeredAt == null) {
      return now.isAfter(since.plus(size.allowed()))
          ? CapabilityVerdict.MISSING
          : CapabilityVerdict.OPEN;
    }
    return delay.compareTo(size.allowed()) > 0 ? CapabilityVerdict.LATE : CapabilityVerdict.PROVEN;
  }
}

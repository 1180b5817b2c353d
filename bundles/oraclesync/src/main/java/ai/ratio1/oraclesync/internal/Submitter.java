package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Receipt;
import ai.ratio1.oraclesync.internal.core.Turn;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.wire.certificate.VoidHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Brings certificates and voids to the chain, strictly in order. The oracles take turns, one stage
 * each, so that usually one pays; whoever is away or out of funds is overtaken by the next. Only
 * the chain's thread calls it, as submissions block.
 */
final class Submitter {

  private final Settlement settlement;
  private final Duration stageDelay;
  private final Purse purse;
  private final EvmAddress self;
  private final Instant started;
  private volatile long recorded = -1;
  private volatile @Nullable EpochRecord offered;
  private volatile Voiding.@Nullable Ready voided;
  private final LongAdder submitted = new LongAdder();
  private final LongAdder overtaken = new LongAdder();

  Submitter(
      Settlement settlement, Duration stageDelay, Purse purse, EvmAddress self, Instant started) {
    this.settlement = settlement;
    this.stageDelay = stageDelay;
    this.purse = purse;
    this.self = self;
    this.started = started;
  }

  /** The newest epoch the chain recorded, as last seen; −1 before the first. */
  long recorded() {
    return recorded;
  }

  /** Certificates and voids that this oracle brought to the chain since start. */
  long submitted() {
    return submitted.sum();
  }

  /** Certificates and voids that another oracle recorded while this one submitted them. */
  long overtaken() {
    return overtaken.sum();
  }

  /** Takes the epoch that is next in order, once it is certified, or nothing. */
  void offer(@Nullable EpochRecord record) {
    offered = record;
  }

  /** Takes the void of the epoch that is next in order, once a quorum signed it, or nothing. */
  void offer(Voiding.@Nullable Ready ready) {
    voided = ready;
  }

  /** Looks what the chain recorded and submits the next certificate when it is this one's turn. */
  void advance(EpochLedger ledger, Chain chain, Instant now) {
    long pending = ledger.pendingEpoch();
    recorded = pending - 1;
    EpochRecord record = offered;
    if (record != null
        && record.ended().epoch() == pending
        && !now.isBefore(due(record))
        && purse.canPay(ledger, chain, pending, "the submission of epoch " + pending)) {
      count(ledger.submit(record.certificate().orElseThrow()));
      recorded = ledger.pendingEpoch() - 1;
    }
    submitVoid(ledger, chain, now);
  }

  private void submitVoid(EpochLedger ledger, Chain chain, Instant now) {
    Voiding.Ready ready = voided;
    if (ready == null || ready.voided().outcome().epoch() != recorded + 1) {
      return;
    }
    long epoch = ready.voided().outcome().epoch();
    int turn = Turn.of(ready.oracles().oracles(), VoidHash.outcome(ready.voided().outcome()), self);
    if (!now.isBefore(ready.since().plus(stageDelay.multipliedBy(turn)))
        && purse.canPay(ledger, chain, epoch, "the void of epoch " + epoch)) {
      count(ledger.submit(ready.voided()));
      recorded = ledger.pendingEpoch() - 1;
    }
  }

  private Instant due(EpochRecord record) {
    int turn = Turn.of(record.ended().oracles().oracles(), record.verdict().outcomeHash(), self);
    Instant since = settlement.settledAt(record.ended().epoch()).orElse(started);
    return since.plus(stageDelay.multipliedBy(turn));
  }

  private void count(Optional<Receipt> receipt) {
    if (receipt.isPresent()) {
      submitted.increment();
    } else {
      overtaken.increment();
    }
  }
}

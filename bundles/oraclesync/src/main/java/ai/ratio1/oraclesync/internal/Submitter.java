package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Receipt;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.oraclesync.internal.core.EpochRecord;
import ai.ratio1.oraclesync.internal.core.Turn;
import ai.ratio1.wire.certificate.CertificateHash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Brings certificates to the chain, strictly in order. The oracles take turns, one stage each, so
 * that usually one pays; whoever is away or out of funds is overtaken by the next. Only the chain's
 * thread calls it, as submissions block.
 */
final class Submitter {

  private final Settlement settlement;
  private final Announcer announcer;
  private final Duration stageDelay;
  private final BigInteger balanceFloor;
  private final EvmAddress self;
  private final Instant started;
  private volatile long recorded = -1;
  private volatile @Nullable EpochRecord offered;
  private final LongAdder submitted = new LongAdder();
  private final LongAdder overtaken = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private long refusedFor = -1;

  Submitter(
      Settlement settlement,
      Announcer announcer,
      Settings settings,
      EvmAddress self,
      Instant started) {
    this.settlement = settlement;
    this.announcer = announcer;
    this.stageDelay = settings.stageDelay();
    this.balanceFloor = settings.balanceFloor();
    this.self = self;
    this.started = started;
  }

  /** The newest epoch the chain recorded, as last seen; −1 before the first. */
  long recorded() {
    return recorded;
  }

  /** Certificates that this oracle brought to the chain since start. */
  long submitted() {
    return submitted.sum();
  }

  /** Certificates that another oracle recorded while this one submitted them. */
  long overtaken() {
    return overtaken.sum();
  }

  /** Turns given up for lack of funds. */
  long skipped() {
    return skipped.sum();
  }

  /** Takes the epoch that is next in order, once it is certified. */
  void offer(EpochRecord record) {
    offered = record;
  }

  /** Looks what the chain recorded and submits the next certificate when it is this one's turn. */
  void advance(EpochLedger ledger, Chain chain, Instant now) {
    long pending = ledger.pendingEpoch();
    checkRecorded(ledger, pending - 1);
    recorded = pending - 1;
    EpochRecord record = offered;
    if (record != null
        && record.ended().epoch() == pending
        && !now.isBefore(due(record))
        && canPay(ledger, chain, pending)) {
      submit(ledger, record);
      recorded = ledger.pendingEpoch() - 1;
    }
  }

  private Instant due(EpochRecord record) {
    Bytes32 outcome = CertificateHash.outcome(record.certificate().outcome());
    int turn = Turn.of(record.ended().oracles().oracles(), outcome, self);
    Instant since = settlement.settledAt(record.ended().epoch()).orElse(started);
    return since.plus(stageDelay.multipliedBy(turn));
  }

  private boolean canPay(EpochLedger ledger, Chain chain, long epoch) {
    BigInteger balance = chain.balance(ledger.payer());
    if (balance.compareTo(balanceFloor) >= 0) {
      return true;
    }
    if (refusedFor != epoch) {
      refusedFor = epoch;
      skipped.increment();
      announcer.announce(
          NodeEvents.BALANCE_LOW,
          epoch,
          "Left the submission of epoch "
              + epoch
              + " to the other oracles: "
              + ledger.payer()
              + " holds "
              + balance
              + " wei, below the floor of "
              + balanceFloor
              + ".",
          Map.of(NodeEvents.CODE, Codes.BALANCE.text()));
    }
    return false;
  }

  private void submit(EpochLedger ledger, EpochRecord record) {
    Optional<Receipt> receipt = ledger.submit(record.certificate());
    if (receipt.isPresent()) {
      submitted.increment();
    } else {
      overtaken.increment();
    }
  }

  /**
   * A recorded outcome that differs from the certified one means a broken quorum: say so loudly.
   */
  private void checkRecorded(EpochLedger ledger, long newest) {
    if (newest <= recorded || newest < 0) {
      return;
    }
    Optional<Bytes32> own = settlement.outcomeHash(newest);
    Optional<Bytes32> onChain = ledger.outcomeHash(newest);
    if (own.isPresent() && onChain.isPresent() && !own.equals(onChain)) {
      announcer.complain(
          new R1Exception(
              Codes.RECORD_DIFFERS,
              "The chain recorded another outcome of epoch " + newest + " than is certified here.",
              "Stop the oracle and compare its certificates with its peers'."));
    }
  }
}

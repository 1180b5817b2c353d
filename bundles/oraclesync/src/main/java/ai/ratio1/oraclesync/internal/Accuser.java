package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.Receipt;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.oraclesync.internal.core.Turn;
import ai.ratio1.wire.evm.AbiWords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings to the chain what the engine proved against an oracle, so that it is suspended. The others
 * take turns as with certificates. The chain is asked again when the block that dealt with it is
 * final, for a block that is not may be taken back, and after a restart; that costs nothing when it
 * has dealt with it. Only the chain's thread calls it, as submissions block.
 */
final class Accuser {

  private final Announcer announcer;
  private final Duration stageDelay;
  private final Purse purse;
  private final EvmAddress self;
  private final Map<Charge, Instant> known = new HashMap<>();

  /** Number of the block, not final yet, by which each was dealt with. */
  private final Map<Charge, Long> reversible = new HashMap<>();

  private final Set<Charge> done = new HashSet<>();
  private final LongAdder reported = new LongAdder();

  /** Oracles are suspended for an epoch, whatever they contradicted themselves in. */
  private record Charge(EvmAddress oracle, long epoch) {}

  Accuser(Announcer announcer, Duration stageDelay, Purse purse, EvmAddress self) {
    this.announcer = announcer;
    this.stageDelay = stageDelay;
    this.purse = purse;
    this.self = self;
  }

  /** Oracles that this one reported to the chain since start; any thread. */
  long reported() {
    return reported.sum();
  }

  /**
   * Submits what is due.
   *
   * @param oracles those of the current epoch
   * @param current the current epoch: the chain takes nothing about it or a later one
   */
  void advance(
      Agreement agreement,
      EpochLedger ledger,
      Chain chain,
      OracleSet oracles,
      long current,
      Instant now) {
    for (Contradiction evidence : agreement.contradictions()) {
      Charge charge = new Charge(evidence.oracle(), evidence.epoch());
      Instant since = known.computeIfAbsent(charge, fresh -> now);
      boolean due =
          evidence.epoch() < current
              && !done.contains(charge)
              && chain.finalised().number() >= reversible.getOrDefault(charge, 0L)
              && !evidence.oracle().equals(self)
              && !now.isBefore(since.plus(stageDelay.multipliedBy(turn(charge, oracles))));
      String purpose = "the report on " + evidence.oracle();
      if (due && purse.canPay(ledger, chain, evidence.epoch(), purpose)) {
        report(ledger, chain, evidence, charge, now);
      }
    }
  }

  private int turn(Charge charge, OracleSet oracles) {
    Bytes32 seed = new AbiWords().address(charge.oracle()).uint(charge.epoch()).hash();
    List<EvmAddress> others =
        oracles.serving().stream().filter(oracle -> !oracle.equals(charge.oracle())).toList();
    return Turn.of(others, seed, self);
  }

  private void report(
      EpochLedger ledger, Chain chain, Contradiction evidence, Charge charge, Instant now) {
    Optional<Receipt> receipt;
    try {
      receipt = ledger.submit(evidence);
    } catch (R1Exception e) {
      // Later again: what one piece of evidence runs into must not hold up certificates.
      known.put(charge, now.plus(stageDelay));
      announcer.complain(e);
      return;
    }
    boolean asked = reversible.containsKey(charge);
    if (receipt.isEmpty() && asked) {
      done.add(charge);
      reversible.remove(charge);
      return;
    }
    long head = chain.head().number();
    reversible.put(charge, receipt.map(mined -> Math.max(mined.block(), head)).orElse(head));
    if (receipt.isPresent()) {
      reported.increment();
    }
    announce(evidence, receipt.isPresent());
  }

  private void announce(Contradiction evidence, boolean mine) {
    announcer.announce(
        NodeEvents.ORACLE_REPORTED,
        evidence.epoch(),
        "Oracle "
            + evidence.oracle()
            + " contradicted itself in epoch "
            + evidence.epoch()
            + (mine ? "; reported it to the chain." : "; the chain has dealt with that."),
        Map.of(
            NodeEvents.CODE,
            Codes.CONTRADICTION.text(),
            NodeEvents.SUBJECT,
            evidence.oracle().toHex()));
  }
}

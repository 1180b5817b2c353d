package ai.ratio1.oraclesync.internal;

import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.event.NodeEvents;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Whether this oracle can pay for what it brings to the chain. Only the chain's thread asks. */
final class Purse {

  private final Announcer announcer;
  private final BigInteger floor;
  private final LongAdder skipped = new LongAdder();
  private String refused = "";

  Purse(Announcer announcer, BigInteger floor) {
    this.announcer = announcer;
    this.floor = floor;
  }

  /** Turns given up for lack of funds; any thread. */
  long skipped() {
    return skipped.sum();
  }

  /**
   * Whether the balance is at the floor or above; says so once per purpose if not.
   *
   * @param purpose what is left to the other oracles otherwise
   */
  boolean canPay(EpochLedger ledger, Chain chain, long epoch, String purpose) {
    BigInteger balance = chain.balance(ledger.payer());
    if (balance.compareTo(floor) >= 0) {
      return true;
    }
    if (!refused.equals(purpose)) {
      refused = purpose;
      skipped.increment();
      announcer.announce(
          NodeEvents.BALANCE_LOW,
          epoch,
          "Left "
              + purpose
              + " to the other oracles: "
              + ledger.payer()
              + " holds "
              + balance
              + " wei, below the floor of "
              + floor
              + ".",
          Map.of(NodeEvents.CODE, Codes.BALANCE.text()));
    }
    return false;
  }
}

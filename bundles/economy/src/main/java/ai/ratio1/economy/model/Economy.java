package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.Rules;
import java.math.BigInteger;

/**
 * Everything the contracts of a network know at a moment. Immutable, as everything in it is.
 *
 * @param rules the figures
 * @param network what was fixed when it was deployed
 * @param now time of the block, in seconds since 1970
 * @param usdPerR1 what R1 is worth, in 10⁻¹⁸ USD
 * @param r1 the token
 * @param entities who stands behind accounts
 * @param deeds the licences
 * @param epochs what was recorded
 * @param jobs what the escrow holds
 */
public record Economy(
    Rules rules,
    Network network,
    long now,
    BigInteger usdPerR1,
    Ledger r1,
    Entities entities,
    Deeds deeds,
    EpochLog epochs,
    Jobs jobs) {

  /** A network at its beginning: nobody holds anything but the genesis deed. */
  public static Economy genesis(Rules rules, Network network, BigInteger usdPerR1) {
    return new Economy(
        rules,
        network,
        network.clock().start(),
        usdPerR1,
        Ledger.empty(rules.mining().maxSupply()),
        Entities.none(),
        Deeds.genesis(network.governance()),
        EpochLog.empty(),
        Jobs.none());
  }

  /**
   * What follows from a step at a moment.
   *
   * @param time not before {@link #now}
   * @throws Refusal when the rules do not allow the step; nothing has changed then
   */
  public Economy after(Step step, long time) {
    return step.after(at(time));
  }

  /** The epoch of the moment. */
  public long currentEpoch() {
    if (now < network.clock().start()) {
      throw Refusal.of("TimestampBeforeStartEpoch");
    }
    return network.clock().endedBy(now);
  }

  /** The same at another moment. */
  public Economy at(long time) {
    return new Economy(rules, network, time, usdPerR1, r1, entities, deeds, epochs, jobs);
  }

  /** The same at another price of R1. */
  public Economy at(BigInteger price) {
    return new Economy(rules, network, now, price, r1, entities, deeds, epochs, jobs);
  }

  Economy with(Ledger changed) {
    return new Economy(rules, network, now, usdPerR1, changed, entities, deeds, epochs, jobs);
  }

  Economy with(Entities changed) {
    return new Economy(rules, network, now, usdPerR1, r1, changed, deeds, epochs, jobs);
  }

  Economy with(Deeds changed) {
    return new Economy(rules, network, now, usdPerR1, r1, entities, changed, epochs, jobs);
  }

  Economy with(EpochLog changed) {
    return new Economy(rules, network, now, usdPerR1, r1, entities, deeds, changed, jobs);
  }

  Economy with(Jobs changed) {
    return new Economy(rules, network, now, usdPerR1, r1, entities, deeds, epochs, changed);
  }

  void requireGovernance(EvmAddress sender) {
    if (!sender.equals(network.governance())) {
      throw Refusal.of("NotGovernance", sender);
    }
  }
}

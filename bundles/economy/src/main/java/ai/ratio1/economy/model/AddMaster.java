package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.MiningRules;
import java.math.BigInteger;

/**
 * {@code MasterDeed.addLicense}.
 *
 * @param to who gets it
 * @param amount what it may mine, in 10⁻¹⁸ R1
 */
public record AddMaster(EvmAddress sender, EvmAddress to, BigInteger amount) implements Step {

  private static final long MOST = 500;

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    MiningRules rules = before.rules().mining();
    Deeds deeds = before.deeds();
    if (amount.signum() == 0 || amount.compareTo(rules.masterMost()) > 0) {
      throw Refusal.of("InvalidLicensePower", amount);
    }
    BigInteger total = deeds.assigned().add(amount);
    if (total.compareTo(rules.masterTotal()) > 0) {
      throw Refusal.of("MaxTotalAssignedTokensReached", total);
    }
    if (deeds.count(LicenceType.MASTER_NODE_DEED) == MOST) {
      throw Refusal.of("MaxTokenSupplyReached");
    }
    BigInteger wouldBe = deeds.assignedTo(to).add(amount);
    if (wouldBe.compareTo(rules.masterMost()) > 0) {
      throw Refusal.of("AssignedAmountExceedsLimit", to, wouldBe);
    }
    long ended = before.network().clock().endedBy(before.now());
    Deed.Assignment assignment = new Deed.Assignment(amount, Math.max(ended, rules.cliffEpochs()));
    return before.with(
        deeds.made(LicenceType.MASTER_NODE_DEED, to, assignment, 1).withAssigned(total));
  }
}

package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import java.math.BigInteger;
import java.util.Optional;

/**
 * {@code Rewards.settle} or {@code settleVoid}; anybody may.
 *
 * @param epoch the epoch whose certificate or void is shown
 * @param leaf what the licence is said to have earned by its end
 */
public record SettleSeller(EvmAddress sender, long epoch, CumulativeReward leaf) implements Step {

  @Override
  public Economy after(Economy before) {
    Deed deed = oldestTaken(before, leaf.licence());
    Deed.Seller seller = deed.sellers().get(deed.settled() - 1);
    EpochLog.Recorded recorded = requireSettles(before.epochs(), seller.throughEpoch());
    long upTo = seller.throughEpoch() + 1;
    BigInteger due = Payment.due(before, deed, leaf, recorded.rewards(), upTo);
    return due.signum() == 0
        ? before.with(before.deeds().with(deed))
        : Payment.pay(before, deed, seller.account(), due);
  }

  /** The licence with its oldest seller taken off the queue. */
  static Deed oldestTaken(Economy before, LicenceId id) {
    if (id.type() == LicenceType.GENESIS_NODE_DEED) {
      throw Refusal.of("UnknownLicenceType", id.type().code());
    }
    Optional<Deed> found = before.deeds().find(id);
    if (found.filter(Deed::banned).isPresent()) {
      throw Refusal.of("LicenseBanned");
    }
    return found
        .filter(deed -> !deed.unsettled().isEmpty())
        .orElseThrow(() -> Refusal.of("NoHandover", id.number()))
        .settledOnce();
  }

  /** The root at the end of an epoch is that of the newest epoch up to it that has one. */
  private EpochLog.Recorded requireSettles(EpochLog epochs, long through) {
    if (epoch > through) {
      throw Refusal.of("OtherEpochSettles", epoch, through);
    }
    EpochLog.Recorded recorded =
        epochs
            .find(epoch)
            .filter(r -> r.kind() != EpochLog.Kind.VOIDED_BY_GOVERNANCE)
            .orElseThrow(() -> Refusal.of("CertificateNotRecorded", epoch));
    for (long later = epoch + 1; later <= through; later++) {
      boolean rootless =
          epochs
              .find(later)
              .filter(r -> r.kind() == EpochLog.Kind.VOIDED_BY_GOVERNANCE)
              .isPresent();
      if (!rootless) {
        throw Refusal.of("OtherEpochSettles", epoch, through);
      }
    }
    return recorded;
  }
}

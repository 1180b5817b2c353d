package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.MiningRules;
import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code submitEpoch}, {@code submitVoid} or {@code voidByGovernance} of the controller, with what
 * is under the roots instead of the roots.
 *
 * @param epoch the epoch
 * @param kind which of the three
 * @param availability A by licence; zero for rows that are missing
 * @param forged leaves that a corrupt quorum put in place of what follows from the rows
 */
public record RecordEpoch(
    EvmAddress sender,
    long epoch,
    EpochLog.Kind kind,
    Map<LicenceId, Integer> availability,
    Map<LicenceId, CumulativeReward> forged)
    implements Step {

  @Override
  public Economy after(Economy before) {
    boolean byGovernance = kind == EpochLog.Kind.VOIDED_BY_GOVERNANCE;
    if (byGovernance && !sender.equals(before.network().governance())) {
      throw Refusal.of("OwnableUnauthorizedAccount", sender);
    }
    long pending = before.epochs().pending();
    if (epoch != pending) {
      throw Refusal.of("EpochNotPending", epoch, pending);
    }
    if (kind == EpochLog.Kind.CERTIFIED) {
      requireOver(before);
    } else {
      requireVoidable(before);
    }
    EpochLog.Recorded recorded =
        byGovernance
            ? new EpochLog.Recorded(kind, before.now(), Map.of(), before.epochs().rewards())
            : recorded(before);
    return before.with(before.epochs().with(recorded));
  }

  /** The rows of an epoch that is over. */
  public static SortedMap<LicenceId, EvmAddress> rows(Economy economy, long epoch) {
    SortedMap<LicenceId, EvmAddress> rows = new TreeMap<>();
    for (Deed deed : economy.deeds().byId().map().values()) {
      EvmAddress node = deed.nodeThroughout(epoch, economy.network().clock());
      if (!node.equals(EvmAddress.ZERO)) {
        rows.put(deed.id(), node);
      }
    }
    return rows;
  }

  /** What a licence mines in an epoch if its node misses nothing, in 10⁻¹⁸ R1. */
  public static BigInteger rate(MiningRules rules, Deed deed, long epoch) {
    return deed.id().type() == LicenceType.MASTER_NODE_DEED
        ? releasedBetween(rules, deed.assignment(), epoch, epoch + 1)
        : rules.rate(deed.id().type());
  }

  static BigInteger releasedBetween(
      MiningRules rules, Deed.Assignment assignment, long from, long to) {
    long first = assignment.firstMiningEpoch();
    return rules
        .releasedBefore(assignment.amount(), first, to)
        .subtract(rules.releasedBefore(assignment.amount(), first, from));
  }

  /** C += A and W += rate·A for every row. */
  private EpochLog.Recorded recorded(Economy before) {
    Map<LicenceId, EpochLog.Row> rows = new TreeMap<>();
    Map<LicenceId, CumulativeReward> rewards = new TreeMap<>(before.epochs().rewards());
    rows(before, epoch)
        .forEach(
            (id, node) -> {
              int a = availability.getOrDefault(id, 0);
              BigInteger credits = BigInteger.valueOf(a);
              Deed deed = before.deeds().find(id).orElseThrow();
              BigInteger rate = rate(before.rules().mining(), deed, epoch);
              rows.put(id, new EpochLog.Row(node, a));
              rewards.merge(
                  id, new CumulativeReward(id, credits, rate.multiply(credits)), RecordEpoch::sum);
            });
    rewards.putAll(forged);
    return new EpochLog.Recorded(kind, before.now(), rows, rewards);
  }

  private static CumulativeReward sum(CumulativeReward one, CumulativeReward other) {
    return new CumulativeReward(
        one.licence(), one.credits().add(other.credits()), one.weight().add(other.weight()));
  }

  private void requireOver(Economy before) {
    long endsAt = before.network().clock().beginOf(epoch + 1);
    if (before.now() < endsAt) {
      throw Refusal.of("EpochNotOver", epoch, endsAt);
    }
  }

  private void requireVoidable(Economy before) {
    long first = epoch + before.network().voidAfter();
    if (before.currentEpoch() < first) {
      throw Refusal.of("EpochNotVoidable", epoch, first);
    }
  }
}

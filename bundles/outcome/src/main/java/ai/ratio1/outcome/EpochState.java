package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import java.util.Optional;

/**
 * Everything that an epoch hands on to the next.
 *
 * @param rewards what every licence has earned
 * @param standing how the oracles stand; empty in a network that was founded without reputations
 */
public record EpochState(CumulativeRewards rewards, Optional<Standing> standing) {

  /** Before epoch 0. */
  public static EpochState founding() {
    return new EpochState(CumulativeRewards.none(), Optional.of(Standing.FOUNDING));
  }

  /** Whether this is the state that a verdict commits to; a void by governance commits to none. */
  public boolean follows(Verdict verdict) {
    if (verdict instanceof Verdict.Certified certified) {
      return rewards.root().equals(certified.certificate().outcome().cumulativeRoot())
          && reputationRoot().equals(certified.certificate().outcome().reputationRoot());
    }
    return !(verdict instanceof Verdict.Voided voided)
        || (rewards.root().equals(voided.outcome().cumulativeRoot())
            && reputationRoot().equals(voided.outcome().reputationRoot()));
  }

  /** What certificates carry of the standing; zero where there is none. */
  Bytes32 reputationRoot() {
    return standing.map(standing -> standing.now().root()).orElse(Bytes32.ZERO);
  }

  /** Whether no certificate has shown yet whether the network keeps reputations. */
  boolean mayLackReputations() {
    return standing.filter(known -> !known.equals(Standing.FOUNDING)).isEmpty();
  }
}

package ai.ratio1.economy.model;

import ai.ratio1.economy.EpochClock;
import ai.ratio1.economy.JobRules;
import java.util.Optional;

/** When nothing more can be settled; {@code JobLedger} and {@code Escrow} in Solidity. */
public final class Finality {

  private Finality() {}

  /** Whether {@link ReleaseTerm} would pass. */
  public static boolean isTermFinal(Economy economy, long jobId, long term) {
    Job job = economy.jobs().requireStarted(jobId);
    long termEpochs = economy.rules().jobs().termEpochs();
    long length = job.termLength(term, termEpochs);
    if (length == 0) {
      return false;
    }
    return job.settledEpochs().get(term, 0L) == length
        || isEpochFinal(economy, job.run().startEpoch() + term * termEpochs + length - 1);
  }

  /** Whether {@link CloseJob} would pass. */
  public static boolean isClosable(Economy economy, long jobId) {
    Job job = economy.jobs().require(jobId);
    if (!job.started() || job.run().closed()) {
      return false;
    }
    if (job.duration() == 0 || isEpochFinal(economy, job.end() - 1)) {
      return true;
    }
    long termEpochs = economy.rules().jobs().termEpochs();
    for (long term = 0; term * termEpochs < job.duration(); term++) {
      if (!isTermFinal(economy, jobId, term)) {
        return false;
      }
    }
    return true;
  }

  /** Until when rows of a recorded epoch are taken. */
  static long settleableUntil(Economy economy, EpochLog.Recorded recorded) {
    return recorded.at()
        + economy.rules().jobs().settlementEpochs() * economy.network().clock().duration();
  }

  private static boolean isEpochFinal(Economy economy, long epoch) {
    JobRules rules = economy.rules().jobs();
    EpochClock clock = economy.network().clock();
    Optional<EpochLog.Recorded> recorded = economy.epochs().find(epoch);
    if (recorded.isPresent()) {
      return economy.now()
          >= settleableUntil(economy, recorded.get()) + rules.absenceEpochs() * clock.duration();
    }
    long newest =
        economy.epochs().find(economy.epochs().pending() - 1).map(EpochLog.Recorded::at).orElse(0L);
    long alive = Math.max(clock.beginOf(epoch + 1), newest);
    return economy.now() >= alive + rules.abandonedEpochs() * clock.duration();
  }
}

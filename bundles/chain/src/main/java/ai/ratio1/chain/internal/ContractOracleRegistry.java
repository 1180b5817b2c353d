package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.core.ContractValues;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** The oracle sets that the controller keeps. */
final class ContractOracleRegistry implements OracleRegistry {

  private final Chain chain;
  private final ContractCalls calls;
  private final Controller controller;
  private final RecentEpochs<OracleSet> decided = new RecentEpochs<>(16);

  ContractOracleRegistry(Chain chain, ContractCalls calls) {
    this.chain = chain;
    this.calls = calls;
    this.controller = calls.controller(chain.controller());
  }

  @Override
  public OracleSet oraclesOf(long epoch) {
    Optional<EpochSchedule> schedule = chain.schedule();
    if (epoch < 0 || epoch > newestDecided(schedule, chain.head().timestamp())) {
      throw ChainFailure.NOT_DECIDED.because("The oracles of epoch " + epoch + " are not decided.");
    }
    // What a final block decided is asked for once.
    return schedule.isPresent() && epoch <= newestDecided(schedule, chain.finalised().timestamp())
        ? decided.get(epoch, () -> ask(epoch))
        : ask(epoch);
  }

  @Override
  public boolean isOracle(EvmAddress address) {
    Instant now = chain.head().timestamp();
    long current = chain.schedule().map(schedule -> schedule.epochAt(now)).orElse(-1L);
    try {
      return oraclesOf(Math.max(0, current)).indexOf(address) >= 0;
    } catch (ContractRefusal refusal) {
      if (refusal.is("NoOracles")) {
        return false; // A network that is being founded.
      }
      throw refusal;
    }
  }

  private OracleSet ask(long epoch) {
    return calls.read(
        chain.controller(),
        controller.oracleSetOf(BigInteger.valueOf(epoch)),
        ContractValues::oracleSet);
  }

  /** The set of an epoch is decided when the epoch before it begins. */
  private static long newestDecided(Optional<EpochSchedule> schedule, Instant time) {
    return Math.max(0, schedule.map(known -> known.epochAt(time) + 1).orElse(0L));
  }
}

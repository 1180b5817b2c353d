package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.Rewards;
import ai.ratio1.consensus.Agreement;
import java.util.Optional;

/** The services around this room; any of them may be away for a while, or swapped. */
interface Neighbours {

  Optional<Agreement> agreement();

  Optional<AvailabilityLedger> ledger();

  Optional<Chain> chain();

  Optional<Licences> licences();

  Optional<OracleRegistry> oracles();

  Optional<EpochLedger> epochLedger();

  Optional<Rewards> rewards();
}

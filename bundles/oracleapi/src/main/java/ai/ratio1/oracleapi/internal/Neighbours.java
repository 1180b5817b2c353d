package ai.ratio1.oracleapi.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.consensus.Epochs;
import java.util.Optional;

/** The services that know what is asked for, as they are now; each may come and go. */
interface Neighbours {

  Optional<Epochs> epochs();

  Optional<Liveness> liveness();

  Optional<Chain> chain();

  Optional<Licences> licences();

  Optional<OracleRegistry> oracles();
}

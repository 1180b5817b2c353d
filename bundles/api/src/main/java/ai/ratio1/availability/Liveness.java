package ai.ratio1.availability;

import ai.ratio1.base.EvmAddress;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Whom this node saw alive, from verified beats only. Present on oracles. Thread-safe. */
@ProviderType
public interface Liveness {

  /** The last valid beat of a node. */
  Optional<Sighting> lastSeen(EvmAddress node);

  /** The last valid beat of every node seen since start. */
  List<Sighting> sightings();
}

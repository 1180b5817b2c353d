package ai.ratio1.availability;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The beats this node itself sends. Present while it sends them. Thread-safe. */
@ProviderType
public interface Heartbeat {

  /** When the broker took the newest beat; empty before the first. */
  Optional<Instant> lastSent();
}

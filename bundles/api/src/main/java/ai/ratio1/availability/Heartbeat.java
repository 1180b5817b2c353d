package ai.ratio1.availability;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The beats this node itself sends. Present while it sends them. Thread-safe. */
@ProviderType
public interface Heartbeat {

  /** When the broker took the newest beat; empty before the first. */
  Optional<Instant> lastSent();

  /**
   * In which slots of an epoch the broker took a beat of this node: what the node claims, no proof.
   *
   * @param epoch the current epoch or one of the last fifteen
   * @return empty when nothing was sent in it since this node started
   */
  Optional<Presence> sent(long epoch);
}

package ai.ratio1.dauth;

import org.osgi.annotation.versioning.ProviderType;

/** The boot gate of this node. Always there, also while the node is refused. Thread-safe. */
@ProviderType
public interface DAuth {

  /** Where the node stands now; does not block. */
  BootStatus status();
}

package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An account that can sign transactions. Obtained from {@link Accounts}; usable with the chain that
 * gave it only. Closing it forgets the key. Thread-safe.
 */
@ProviderType
public interface Account extends AutoCloseable {

  /** Address of the account. */
  EvmAddress address();

  /** Forgets the key; idempotent. */
  @Override
  void close();
}

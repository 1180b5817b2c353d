package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.net.URI;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens accounts. Keys come from encrypted keystores or stay with an external signer. */
@ProviderType
public interface Accounts {

  /**
   * Opens a Web3 Secret Storage (version 3) keystore.
   *
   * @param password cleared by the caller
   * @throws ai.ratio1.base.R1Exception when the file cannot be read or the password is wrong
   */
  Account keystore(Path file, char[] password);

  /**
   * Creates a new key and writes it as a {@link KeystoreStrength#STANDARD} keystore, readable by
   * the owner alone.
   *
   * @param file must not exist
   */
  Account createKeystore(Path file, char[] password);

  /**
   * Creates a new key and writes it as a keystore, readable by the owner alone.
   *
   * @param file must not exist
   */
  Account createKeystore(Path file, char[] password, KeystoreStrength strength);

  /**
   * An account whose key a signer holds; transactions go to it by {@code eth_signTransaction}
   * (Web3Signer, Clef behind its adapter).
   */
  Account external(URI signer, EvmAddress address);
}

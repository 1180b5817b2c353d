package org.eclipse.kura.crypto;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Encrypts what operators keep secret in configurations. */
@ProviderType
public interface CryptoService {

  /** Encrypts with the gateway's key. */
  char[] encryptAes(char[] value) throws KuraException;

  /**
   * Decrypts what this gateway encrypted.
   *
   * @throws KuraException if it did not
   */
  char[] decryptAes(char[] encryptedValue) throws KuraException;
}

package ai.ratio1.settings;

import java.util.Optional;

/**
 * Opens settings of type {@code Password}, which platforms keep and hand over encrypted. The
 * service is there where something encrypts: on Kura, and with {@code kura-compat} elsewhere.
 * Thread-safe.
 */
public interface Secrets {

  /**
   * What an operator typed.
   *
   * @param encrypted the value of a configuration
   * @return empty when it is nothing that this node encrypted
   */
  Optional<String> open(String encrypted);
}

package ai.ratio1.dauth.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthAnswer;
import java.util.Optional;

/** What the judge decided about a request. */
public sealed interface Ruling {

  /**
   * The asker is let in.
   *
   * @param sender who asked
   * @param evmAddress the same key on the chain
   * @param alias the name it gives itself
   * @param role what it may do at the broker
   * @param type {@code node} or {@code sdk}
   * @param message what to tell it
   * @param nonce what to echo
   */
  record Accepted(
      NodeAddress sender,
      EvmAddress evmAddress,
      String alias,
      BrokerCredential.Role role,
      String type,
      String message,
      String nonce)
      implements Ruling {}

  /**
   * The asker is refused.
   *
   * @param error why
   * @param message the same in the words of genuine servers
   * @param asker whom to name in the answer
   * @param evmAddress who asked, once its signature was valid
   * @param nonce what to echo
   */
  record Refused(
      DAuthError error,
      String message,
      DAuthAnswer.Asker asker,
      Optional<EvmAddress> evmAddress,
      Optional<String> nonce)
      implements Ruling {}

  /**
   * Nobody knows who asked.
   *
   * @param error why
   * @param message the words of genuine servers
   */
  record Anonymous(DAuthError error, String message) implements Ruling {}
}

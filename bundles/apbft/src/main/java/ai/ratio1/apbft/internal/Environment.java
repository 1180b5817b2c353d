package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.Recoverer;
import ai.ratio1.apbft.internal.core.Voice;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the engine gets from the node.
 *
 * @param voice how this oracle signs
 * @param recoverer how it finds out who signed
 * @param clock the node's time
 * @param random secret randomness
 */
record Environment(Voice voice, Recoverer recoverer, Clock clock, RandomGenerator random) {

  static Environment of(NodeIdentity identity, Signatures signatures, Bytes32 domain, Clock clock) {
    return new Environment(
        new Voice(
            identity.evmAddress(), domain, digest -> Octets.of(identity.signRecoverable(digest))),
        (digest, signature) -> signatures.recover(digest, signature.toArray()),
        clock,
        new SecureRandom());
  }
}

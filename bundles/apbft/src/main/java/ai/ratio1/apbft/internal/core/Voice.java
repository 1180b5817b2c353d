package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * How this oracle speaks.
 *
 * @param self its address
 * @param domain the EIP-712 domain of the network
 * @param signer its key
 */
public record Voice(EvmAddress self, Bytes32 domain, Signer signer) {

  <M extends Message> Signed<M> sign(M message) {
    return new Signed<>(message, signer.sign(message.digest(domain)));
  }
}

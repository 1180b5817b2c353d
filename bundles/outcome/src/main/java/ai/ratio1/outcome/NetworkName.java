package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.certificate.CertificateHash;

/**
 * Which network something belongs to.
 *
 * @param networkId the random value that the controller stored when it was deployed
 * @param chainId EIP-155 chain id
 * @param controller address of the controller contract
 */
public record NetworkName(Bytes32 networkId, long chainId, EvmAddress controller) {

  /** The domain of what its oracles and nodes sign. */
  public Bytes32 domain() {
    return CertificateHash.domain(chainId, controller);
  }
}

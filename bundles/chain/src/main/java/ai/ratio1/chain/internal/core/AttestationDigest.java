package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Attestation;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What an attestor signs about an account. The registry of entities computes the same. */
public final class AttestationDigest {

  private static final Bytes32 ATTESTATION =
      Eip712.typeHash(
          "Attestation(address account,bytes32 entityId,uint256 usdLimit,uint256 nonce,"
              + "uint256 deadline)");

  private AttestationDigest() {}

  /** The EIP-712 digest in the domain of a registry. */
  public static Bytes32 of(long chainId, EvmAddress contract, Attestation attestation) {
    Bytes32 domain = Eip712.domain("R1Entities", "1", chainId, contract);
    Bytes32 content =
        new AbiWords()
            .bytes32(ATTESTATION)
            .address(attestation.account())
            .bytes32(attestation.entityId())
            .uint(attestation.usdLimit())
            .uint(attestation.nonce())
            .uint(attestation.deadline().getEpochSecond())
            .hash();
    return Eip712.digest(domain, content);
  }
}

package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What a node signs when it contests what oracles agreed about it. */
public final class DisputeHash {

  private static final Bytes32 DISPUTE =
      Eip712.typeHash(
          "Dispute(uint32 epoch,address node,bytes32 outcomeHash,uint8 agreed,bytes32 claimed,"
              + "bytes32 received,string reason,uint64 at)");

  private DisputeHash() {}

  /**
   * The EIP-712 digest.
   *
   * @param domain {@link CertificateHash#domain}
   */
  public static Bytes32 digest(Bytes32 domain, Dispute dispute) {
    return Eip712.digest(
        domain,
        new AbiWords()
            .bytes32(DISPUTE)
            .uint(dispute.epoch())
            .address(dispute.node())
            .bytes32(dispute.outcomeHash())
            .uint(dispute.agreed())
            .bytes32(dispute.claimed())
            .bytes32(dispute.received())
            .bytes32(Eip712.text(dispute.reason()))
            .uint(dispute.at().getEpochSecond())
            .hash());
  }
}

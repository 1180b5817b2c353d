package ai.ratio1.wire.certificate;

import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What a node signs once an epoch (consensus.md, section 2: BeatAnchor). */
public final class AnchorHash {

  private static final Bytes32 ANCHOR =
      Eip712.typeHash(
          "BeatAnchor(uint32 epoch,address node,bytes32 anchor,uint32 length,bytes32 beacon)");

  private AnchorHash() {}

  /**
   * The EIP-712 digest.
   *
   * @param domain {@link CertificateHash#domain}
   */
  public static Bytes32 digest(Bytes32 domain, BeatAnchor anchor) {
    return Eip712.digest(
        domain,
        new AbiWords()
            .bytes32(ANCHOR)
            .uint(anchor.epoch())
            .address(anchor.node())
            .bytes32(anchor.anchor())
            .uint(anchor.length())
            .bytes32(anchor.beacon())
            .hash());
  }
}

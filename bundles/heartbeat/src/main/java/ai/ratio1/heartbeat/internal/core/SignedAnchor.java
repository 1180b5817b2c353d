package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.Bytes32;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.certificate.AnchorHash;

/**
 * An anchor and the node's signature.
 *
 * @param anchor what is signed
 * @param signature 65 bytes r, s, v; shared, so do not change it
 */
public record SignedAnchor(BeatAnchor anchor, byte[] signature) {

  /** Whether the node itself signed it. */
  boolean isSigned(Bytes32 domain, Signatures signatures) {
    return signatures
        .recover(AnchorHash.digest(domain, anchor), signature)
        .filter(anchor.node()::equals)
        .isPresent();
  }
}

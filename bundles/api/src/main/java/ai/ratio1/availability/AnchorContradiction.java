package ai.ratio1.availability;

/**
 * Two anchors of one node for one epoch, of which an honest node signs only one. The arrays are
 * shared, so do not change them.
 *
 * @param first the one that counts: it was heard first
 * @param firstSignature 65 bytes r, s, v of the node
 * @param second another one
 * @param secondSignature 65 bytes r, s, v of the node
 */
public record AnchorContradiction(
    BeatAnchor first, byte[] firstSignature, BeatAnchor second, byte[] secondSignature) {}

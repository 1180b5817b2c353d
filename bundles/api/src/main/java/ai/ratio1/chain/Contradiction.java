package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;

/**
 * Two statements that one oracle signed and of which an honest one makes only one. The arrays are
 * shared, so do not change them.
 *
 * @param oracle who signed both
 * @param epoch the epoch both are about
 * @param kind what both are: 1 ObsCommit, 2 ObsReveal, 7 Prepare, 8 Commit
 * @param first {@code abi.encode} of the one
 * @param firstSignature 65 bytes r, s, v
 * @param second {@code abi.encode} of the other
 * @param secondSignature 65 bytes r, s, v
 */
public record Contradiction(
    EvmAddress oracle,
    long epoch,
    int kind,
    byte[] first,
    byte[] firstSignature,
    byte[] second,
    byte[] secondSignature) {}

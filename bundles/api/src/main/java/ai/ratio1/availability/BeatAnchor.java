package ai.ratio1.availability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * The end of a node's hash chain for one epoch, which it signs once. Every beat then reveals one
 * link, and link t, hashed t times with SHA-256, is the anchor (consensus.md, section 2).
 *
 * @param epoch the epoch, an unsigned 32-bit number
 * @param node whose chain it is
 * @param anchor h^N(x)
 * @param length N: how many links the chain has; link t belongs to the t-th of N equal parts of the
 *     epoch
 * @param beacon beacon(e), which nobody knew before the epoch
 */
public record BeatAnchor(long epoch, EvmAddress node, Bytes32 anchor, int length, Bytes32 beacon) {}

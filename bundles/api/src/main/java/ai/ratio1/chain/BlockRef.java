package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.time.Instant;

/**
 * A block of the chain.
 *
 * @param number height, from 0
 * @param hash block hash
 * @param timestamp the time its producer wrote into it, whole seconds
 */
public record BlockRef(long number, Bytes32 hash, Instant timestamp) {}

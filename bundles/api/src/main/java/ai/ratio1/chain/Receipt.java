package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.math.BigInteger;

/**
 * A mined, successful transaction.
 *
 * @param transaction its hash
 * @param block where it was mined
 * @param gasUsed what it cost
 */
public record Receipt(Bytes32 transaction, long block, BigInteger gasUsed) {}

package ai.ratio1.chain;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a payer is ready to pay, and until when.
 *
 * @param maximum the most that may be taken, in 10⁻¹⁸ R1
 * @param deadline last second of chain time in which it may be taken
 */
public record JobFunding(BigInteger maximum, Instant deadline) {}

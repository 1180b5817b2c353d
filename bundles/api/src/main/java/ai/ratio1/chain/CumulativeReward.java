package ai.ratio1.chain;

import java.math.BigInteger;

/**
 * What a licence has earned up to an epoch: the cumulative leaf of consensus.md, section 4, rule 4.
 *
 * @param licence which licence
 * @param credits C: the sum of its availability bytes
 * @param weight W: the sum of rate(type, e)·A(e), in 10⁻¹⁸ R1 · 1/255
 */
public record CumulativeReward(LicenceId licence, BigInteger credits, BigInteger weight) {}

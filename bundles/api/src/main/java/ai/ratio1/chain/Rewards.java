package ai.ratio1.chain;

import java.math.BigInteger;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Paying out what certificates recorded. May block for requests; fails as {@link Licences} does.
 * Thread-safe.
 */
@ProviderType
public interface Rewards {

  /** What a claim would pay now, in 10⁻¹⁸ R1, after every bound of the contract. */
  BigInteger claimable(ClaimProof proof);

  /**
   * Claims. Anyone may call it; the owner of the licence is paid.
   *
   * @param payer pays the gas
   */
  Receipt claim(Account payer, ClaimProof proof);

  /**
   * The R1 rate of a licence type per fully available epoch, in 10⁻¹⁸ R1; fails for Master deeds,
   * whose rate differs by licence and epoch.
   */
  BigInteger rate(LicenceType type);

  /**
   * What a licence mines in an epoch if its node misses nothing, in 10⁻¹⁸ R1. Never changes once
   * the epoch has begun, and stays when the licence ends.
   */
  BigInteger rate(LicenceId licence, long epoch);
}

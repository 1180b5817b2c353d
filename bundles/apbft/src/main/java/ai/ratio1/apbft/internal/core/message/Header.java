package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * What every message begins with. All of it is signed.
 *
 * @param configDigest the configuration the sender agrees under; a message of another network or
 *     another oracle set never verifies
 * @param epoch the epoch, an unsigned 32-bit number
 * @param oracle who says it
 */
public record Header(Bytes32 configDigest, long epoch, EvmAddress oracle) {

  /** The largest epoch and view. */
  public static final long MAX_UINT32 = 0xffff_ffffL;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the epoch is no unsigned 32-bit number
   */
  public Header {
    if (epoch < 0 || epoch > MAX_UINT32) {
      throw new IllegalArgumentException("not a uint32 epoch: " + epoch);
    }
  }

  /** The same of another oracle. */
  public Header of(EvmAddress other) {
    return new Header(configDigest, epoch, other);
  }
}

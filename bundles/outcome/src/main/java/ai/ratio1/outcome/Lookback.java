package ai.ratio1.outcome;

import java.util.OptionalLong;

/**
 * What the chain had recorded about the epochs just before one; decided for good when that epoch
 * ends, so it is the same at every oracle, whenever it is read.
 *
 * @param settled whether the epoch two before was recorded by the end of the one before: then its
 *     reputations weigh who leads
 * @param view in which the certificate of the epoch before was reached that the chain recorded by
 *     the end of this one; empty when it recorded none by then
 */
public record Lookback(boolean settled, OptionalLong view) {

  /** Nothing was recorded in time. */
  public static final Lookback NOTHING = new Lookback(false, OptionalLong.empty());
}

package ai.ratio1.economy;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Node Deeds that cost the same.
 *
 * @param number from 1 to 12
 * @param usd price of one, in whole USD
 * @param units how many there are
 * @param edge how many deeds are sold when this tier and all before it are
 */
public record PriceTier(int number, long usd, long units, long edge) {

  private static final long[] USD = {
    500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 5_000, 7_000, 9_500
  };

  /** The twelve, the cheapest first. Each has as many units as the two before it together. */
  public static final List<PriceTier> ALL = all();

  /** How many Node Deeds there can be: 46,224. */
  public static final long DEEDS = ALL.get(ALL.size() - 1).edge();

  /**
   * The tier that is sold after so many deeds.
   *
   * @param sold below {@link #DEEDS}
   */
  public static PriceTier after(long sold) {
    return ALL.stream().filter(tier -> sold < tier.edge).findFirst().orElseThrow();
  }

  private static List<PriceTier> all() {
    long[] units = new long[USD.length];
    units[0] = 89;
    units[1] = 144;
    for (int i = 2; i < units.length; i++) {
      units[i] = units[i - 1] + units[i - 2];
    }
    PriceTier[] tiers = new PriceTier[units.length];
    for (int i = 0; i < units.length; i++) {
      long edge = LongStream.of(units).limit(i + 1).sum();
      tiers[i] = new PriceTier(i + 1, USD[i], units[i], edge);
    }
    return List.of(tiers);
  }
}

package ai.ratio1.economy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.LicenceType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Figures of the genuine contracts: the same where the rule is the same; else what the rule of
 * these contracts makes of the same input. {@code docs/reference/economy-vectors.md} lists them.
 */
class GenuineVectorsTest {

  private static final MiningRules MINING = MiningRules.CONTRACTS;
  private static final List<Integer> AVAILABILITIES = List.of(250, 130, 178, 12, 0);
  private static final BigInteger CREDITS =
      BigInteger.valueOf(AVAILABILITIES.stream().mapToInt(Integer::intValue).sum());

  @Test
  void constantsAreTheSame() {
    assertThat(MINING.maxSupply()).isEqualTo("161803398000000000000000000");
    assertThat(MINING.nodeDeedCap()).isEqualTo("1575188843457943925233");
    assertThat(MINING.nodeDeedRate()).isEqualTo("1458508188386985115");
    assertThat(MINING.masterMost()).isEqualTo("3236067960000000000000000");
    assertThat(MINING.masterTotal()).isEqualTo("42230686878000000000000000");
    assertThat(MINING.genesisTotal()).isEqualTo("46761182022000000000000000");
    assertThat(MINING.genesisRate()).isEqualTo("128112827457534246575342");
    assertThat(MINING.genesisEpochs()).isEqualTo(365);
    assertThat(MINING.nodeDeedCap().divide(BigInteger.valueOf(1_080)))
        .isEqualTo(MINING.nodeDeedRate());
    BigInteger dust =
        MINING.nodeDeedCap().subtract(MINING.nodeDeedRate().multiply(BigInteger.valueOf(1_080)));
    assertThat(dust).isEqualTo(1_033);
  }

  @Test
  void tiersAreTheSame() {
    assertThat(PriceTier.DEEDS).isEqualTo(46_224);
    assertThat(PriceTier.ALL)
        .extracting(tier -> tier.usd() + "/" + tier.units())
        .containsExactly(
            "500/89",
            "750/144",
            "1000/233",
            "1500/377",
            "2000/610",
            "2500/987",
            "3000/1597",
            "3500/2584",
            "4000/4181",
            "5000/6765",
            "7000/10946",
            "9500/17711");
  }

  @Test
  void jobsCostTheSame() {
    assertThat(
            Arrays.stream(JobType.values())
                .map(type -> type.number() + ": " + type.microUsd())
                .collect(Collectors.joining(", ")))
        .isEqualTo(
            "1: 375000, 2: 750000, 3: 1000000, 4: 1916666, 5: 2916666, 6: 3750000, "
                + "7: 5333333, 8: 8333333, 9: 12500000, 16: 2500000, 17: 3750000, 18: 6000000, "
                + "19: 9000000, 20: 13333333, 21: 3116666, 22: 4116666, 23: 3700000, "
                + "24: 4950000, 25: 5316666, 26: 6150000, 27: 7733333, 28: 10733333, "
                + "29: 6150000, 30: 8400000, 31: 11400000, 32: 10133333, 33: 13133333, "
                + "34: 17300000, 35: 10800000, 36: 13800000, 37: 18133333, 38: 38333333, "
                + "39: 42500000, 40: 43333333, 50: 450000, 51: 2300000, 52: 4500000, "
                + "53: 100000, 54: 166666");
    assertThat(JobType.of(12)).isEmpty();
    assertThat(JobType.isDeprecated(12)).isTrue();
  }

  /**
   * Rounded epoch by epoch there, once here: never less, and less than an epoch's rounding more.
   */
  @Test
  void aNodeDeedIsRoundedOnce() {
    assertThat(epochByEpoch(MINING.nodeDeedRate())).isEqualTo("3260194774041496137");
    assertThat(MINING.mined(LicenceType.NODE_DEED, CREDITS)).isEqualTo("3260194774041496139");
  }

  @Test
  void thePoolsGetWhatTheRoundingLeaves() {
    BigInteger theirs = epochByEpoch(MINING.genesisRate());
    BigInteger ours = MINING.mined(LicenceType.GENESIS_NODE_DEED, CREDITS);
    assertThat(ours.subtract(theirs)).isEqualTo(3);
    PoolShares shares = PoolShares.of(ours);
    assertThat(shares.operations()).isEqualTo("39633587186156712328766");
    assertThat(shares.marketing()).isEqualTo("21592286660666301369862");
    assertThat(shares.grants()).isEqualTo("99083967965391780821917"); // …916 there
    assertThat(shares.socialResponsibility()).isEqualTo("49570620967656986301369");
    assertThat(shares.liquidity()).isEqualTo("76489386831087123287674"); // …670 there
    assertThat(PoolShares.of(theirs).grants()).isEqualTo("99083967965391780821916");
  }

  /** 100,000 R1 assigned: another curve. Beside it, what the genuine one has released. */
  @Test
  void aMasterDeedVestsAlongAnotherCurve() {
    BigInteger assigned = new BigInteger("100000000000000000000000");
    assertThat(MINING.releasedBefore(assigned, MINING.cliffEpochs(), 210)).isZero();
    assertThat(MINING.released(assigned, 1)).isEqualTo("1216299149768512"); // 9754316031215612969
    assertThat(MINING.released(assigned, 90))
        .isEqualTo("800811889608742107125"); // 1125304477558540739569
    assertThat(MINING.released(assigned, 180))
        .isEqualTo("5711814923474401535157"); // 2935663686365334402028
    assertThat(MINING.released(assigned, 360))
        .isEqualTo("34579636293466647131764"); // 10256997192127758810311
    assertThat(MINING.released(assigned, 450))
        .isEqualTo("56683974113871805775422"); // 16942230958995826279674
    assertThat(MINING.released(assigned, 540))
        .isEqualTo("79193542047091026690156"); // 26556862503298303990522
    assertThat(MINING.released(assigned, 630))
        .isEqualTo("95971998384797081199681"); // 39658601657926631015657
    assertThat(MINING.released(assigned, 690)).isEqualTo(assigned); // 900 epochs
  }

  private static BigInteger epochByEpoch(BigInteger rate) {
    return AVAILABILITIES.stream()
        .map(a -> rate.multiply(BigInteger.valueOf(a)).divide(BigInteger.valueOf(255)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}

package ai.ratio1.economy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.LicenceType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

/** What the whitepaper says in figures, section by section. */
class WhitepaperTest {

  private static final MiningRules MINING = MiningRules.CONTRACTS;

  /** Section 3.2.1: equations 4 to 7 and the years 2026 to 2030. */
  @Test
  void aNodeDeedMinesAThirdOfItsCapInAYearAndNothingInAYearOffline() {
    assertThat(r1(mined(360 * 255))).isEqualTo("525.06");
    BigInteger afterTheYearOffline = mined(360 * 255);
    assertThat(afterTheYearOffline)
        .isEqualTo(
            MINING.nodeDeedCap().divide(BigInteger.valueOf(3)).subtract(BigInteger.valueOf(344)));
    assertThat(r1(mined(1_079 * 255))).isLessThan("1575.19");
    assertThat(r1(mined(1_080 * 255))).isEqualTo("1575.19");
    assertThat(mined(5_000 * 255)).isEqualTo(MINING.nodeDeedCap());
  }

  /** Equation 7: an availability of 0.9 takes 1,200 days. */
  @Test
  void lessAvailabilityTakesLonger() {
    BigInteger almost = MINING.nodeDeedCap().subtract(BigInteger.TEN.pow(12));
    int byteOfNinetyPercent = 255 * 9 / 10;
    long days = 0;
    while (mined(days * byteOfNinetyPercent).compareTo(almost) < 0) {
      days++;
    }
    assertThat(days).isBetween(1_200L, 1_203L);
  }

  /** Equation 11: proportional to the byte. */
  @Test
  void anEpochPaysInProportionToItsByte() {
    for (int a = 0; a <= 255; a++) {
      BigInteger exact = MINING.nodeDeedRate().multiply(BigInteger.valueOf(a));
      assertThat(mined(a)).isEqualTo(exact.divide(BigInteger.valueOf(255)));
    }
  }

  /** Section 3.1.4: 28.9 %, 26.1 % and 45 % are everything but dust. */
  @Test
  void theThreeClassesShareTheCap() {
    assertThat(share(MINING.genesisTotal())).isEqualTo("28.90");
    assertThat(share(MINING.masterTotal())).isEqualTo("26.10");
    BigInteger nodes = MINING.nodeDeedCap().multiply(BigInteger.valueOf(PriceTier.DEEDS));
    assertThat(share(nodes)).isEqualTo("45.00");
    BigInteger all = MINING.ceiling(1_000_000);
    assertThat(MINING.maxSupply().subtract(all))
        .isBetween(BigInteger.ZERO, BigInteger.valueOf(PriceTier.DEEDS));
  }

  /** Section 3.1.4: a cliff of seven months, fastest near month 22, complete near month 30. */
  @Test
  void masterDeedsVestAlongAnS() {
    assertThat(released(7)).isZero();
    assertThat(percent(released(22))).isEqualTo("56.68");
    assertThat(percent(released(30))).isEqualTo("100.00");
    BigInteger fastest = BigInteger.ZERO;
    int when = 0;
    for (int month = 1; month <= 40; month++) {
      BigInteger rate = released(month).subtract(released(month - 1));
      if (rate.compareTo(fastest) > 0) {
        fastest = rate;
        when = month;
      }
    }
    assertThat(when).isBetween(22, 23);
  }

  /** Section 3.3: the pools of the genesis deed. */
  @Test
  void thePoolsShareWhatTheGenesisDeedMines() {
    PoolShares pools = PoolShares.of(MINING.genesisTotal());
    assertThat(share(pools.liquidity())).isEqualTo("7.72");
    assertThat(share(pools.marketing())).isEqualTo("2.18");
    assertThat(share(pools.grants())).isEqualTo("10.00");
    assertThat(share(pools.socialResponsibility())).isEqualTo("5.00");
    BigInteger dormant = pools.marketing().add(pools.grants()).add(pools.socialResponsibility());
    assertThat(dormant.multiply(BigInteger.valueOf(1_000)).divide(MINING.genesisTotal()))
        .isEqualTo(594);
  }

  /** Section 3.1.4 and 3.2.5: 50/20/30 of a sale, 85/15 of a job. */
  @Test
  void nobodyKeepsACommission() {
    SaleRules.Split sale = SaleRules.CONTRACTS.split(BigInteger.valueOf(1_000));
    assertThat(sale)
        .isEqualTo(
            new SaleRules.Split(
                BigInteger.valueOf(500), BigInteger.valueOf(300), BigInteger.valueOf(200)));
    JobRules.Payout job = JobRules.CONTRACTS.payout(BigInteger.valueOf(1_000), 0);
    assertThat(job)
        .isEqualTo(
            new JobRules.Payout(BigInteger.valueOf(850), BigInteger.valueOf(150), BigInteger.ZERO));
  }

  private static BigInteger mined(long credits) {
    return MINING.mined(LicenceType.NODE_DEED, BigInteger.valueOf(credits));
  }

  private static BigInteger released(int month) {
    return MINING.releasedBefore(MINING.masterTotal(), MINING.cliffEpochs(), month * 30L);
  }

  private static String percent(BigInteger released) {
    return hundredths(released, MINING.masterTotal());
  }

  private static String share(BigInteger amount) {
    return hundredths(amount, MINING.maxSupply());
  }

  private static String hundredths(BigInteger part, BigInteger whole) {
    return new BigDecimal(part)
        .movePointRight(2)
        .divide(new BigDecimal(whole), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static String r1(BigInteger amount) {
    return new BigDecimal(amount, 18).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}

package ai.ratio1.economy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.economy.MiningRules;
import ai.ratio1.economy.PriceTier;
import ai.ratio1.economy.Rules;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation, at months for which the whitepaper says how much there is. */
class SimulationTest {

  private static final BigInteger A_MILLION_USD = BigInteger.TEN.pow(24);

  /** Everything sold at once and never offline: all R1 there can be, after three years. */
  @Test
  void aFullNetworkMinesEverythingInThreeYears() {
    List<Month> months = run(new Adoption(60, PriceTier.DEEDS, 255, 100, 0, A_MILLION_USD));
    assertThat(share(months.get(11).mined().genesis())).isEqualTo("28.50"); // 360 of 365 days
    assertThat(share(months.get(12).mined().genesis())).isEqualTo("28.90");
    assertThat(months.get(6).mined().master()).isZero();
    assertThat(share(months.get(29).mined().master())).isEqualTo("26.10");
    assertThat(share(months.get(11).mined().node())).isEqualTo("15.00");
    assertThat(share(months.get(35).mined().node())).isEqualTo("45.00");
    assertThat(share(months.get(59).mined().total())).isEqualTo("100.00");
    assertThat(months.get(59).mined().total()).isLessThan(MiningRules.CONTRACTS.maxSupply());
  }

  /** Tiers 1 and 2 cost 89 · 500 + 144 · 750 USD, of which 20 % burn. */
  @Test
  void aSaleGoesThroughTheTiers() {
    BigInteger oneUsd = BigInteger.TEN.pow(18);
    Month month = run(new Adoption(1, 233, 255, 100, 0, oneUsd)).get(0);
    assertThat(month.deeds()).isEqualTo(233);
    assertThat(r1(month.burned().sales())).isEqualTo("30500");
  }

  /** 100,000 USD at 0.50 are 200,000 R1: 15 % burn, 85 % are paid. */
  @Test
  void jobsBurnWhatOperatorsDoNotGet() {
    BigInteger half = BigInteger.TEN.pow(18).shiftRight(1);
    Month served = run(new Adoption(1, 0, 255, 0, 100_000, half)).get(0);
    assertThat(r1(served.burned().jobs())).isEqualTo("30000");
    assertThat(r1(served.paidToOperators())).isEqualTo("170000");
    Month below = run(new Adoption(1, 0, 249, 0, 100_000, half)).get(0);
    assertThat(below.burned().jobs()).isZero();
    assertThat(below.paidToOperators()).isZero();
  }

  @Test
  void supplyIsWhatWasMinedAndNotBurned() {
    BigInteger price = new BigInteger("300000000000000000");
    for (Month month : run(new Adoption(60, 125, 252, 100, 83_333, price))) {
      assertThat(month.supply())
          .isEqualTo(month.mined().total().subtract(month.burned().total()))
          .isPositive();
    }
  }

  /** Nobody can pay with R1 that was never mined. */
  @Test
  void whatDoesNotExistCannotBeSpent() {
    Adoption tooMuch = new Adoption(60, 40_000, 255, 100, 0, BigInteger.TEN.pow(17));
    assertThatThrownBy(() -> run(tooMuch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in month 1");
    assertThatThrownBy(() -> new Adoption(0, 1, 255, 100, 0, BigInteger.ONE))
        .hasMessageContaining("months");
    assertThatThrownBy(() -> new Adoption(1, 1, 256, 100, 0, BigInteger.ONE))
        .hasMessageContaining("availability");
  }

  private static List<Month> run(Adoption adoption) {
    return Simulation.run(Rules.CONTRACTS, adoption);
  }

  private static String share(BigInteger amount) {
    return new BigDecimal(amount.multiply(BigInteger.valueOf(100)))
        .divide(new BigDecimal(MiningRules.CONTRACTS.maxSupply()), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static String r1(BigInteger amount) {
    return new BigDecimal(amount, 18).stripTrailingZeros().toPlainString();
  }
}

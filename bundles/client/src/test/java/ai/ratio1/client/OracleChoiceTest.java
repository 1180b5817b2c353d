package ai.ratio1.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.client.OracleChoice.Candidate;
import ai.ratio1.client.OracleChoice.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OracleChoiceTest {

  private static final int MOST = 31;

  /** How the price of an oracle and its reliability go together. */
  enum Market {
    UNRELATED,
    BETTER_IS_DEARER,
    MUCH_DEARER,
    NEARLY_EQUAL,
    EQUAL
  }

  @Property(tries = 2000)
  void isAsGoodAsTheBestOfAllSets(
      @ForAll @IntRange(min = 1, max = 10) int oracles,
      @ForAll Market market,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 110) int percent) {
    List<Candidate> candidates = candidates(oracles, market, new Random(seed));
    long budget = candidates.stream().mapToLong(Candidate::cost).sum() * percent / 100;
    Optional<Choice> choice = OracleChoice.within(candidates, budget);
    double best = bestOfAllSets(candidates, budget);
    if (Double.isNaN(best)) {
      assertThat(choice).isEmpty();
      return;
    }
    assertThat(choice.orElseThrow().failure()).isCloseTo(best, within(OracleChoice.TOLERANCE));
    assertThat(choice.get().cost()).isLessThanOrEqualTo(budget);
    assertThat(choice.get().cost())
        .isEqualTo(choice.get().oracles().stream().mapToLong(Candidate::cost).sum());
    assertThat(candidates).containsAll(choice.get().oracles());
    assertThat(choice.get().oracles()).doesNotHaveDuplicates();
    assertThat(OracleChoice.failure(choice.get().oracles()))
        .isCloseTo(choice.get().failure(), within(1e-15));
  }

  @Property(tries = 300)
  void moreMoneyNeverMakesItWorse(
      @ForAll @IntRange(min = 1, max = 16) int oracles, @ForAll Market market, @ForAll long seed) {
    List<Candidate> candidates = candidates(oracles, market, new Random(seed));
    long all = candidates.stream().mapToLong(Candidate::cost).sum();
    double before = 1;
    for (int tenth = 1; tenth <= 10; tenth++) {
      Optional<Choice> choice = OracleChoice.within(candidates, all * tenth / 10);
      double now = choice.map(Choice::failure).orElse(1.0);
      assertThat(now).isLessThanOrEqualTo(before + OracleChoice.TOLERANCE);
      before = now;
    }
  }

  @Property(tries = 500)
  void countsFailuresAsEveryCombinationOfThemDoes(
      @ForAll @IntRange(min = 1, max = 9) int oracles, @ForAll long seed) {
    List<Candidate> set = candidates(oracles, Market.UNRELATED, new Random(seed));
    double failure = 0;
    for (int failed = 0; failed < 1 << oracles; failed++) {
      double probability = 1;
      for (int i = 0; i < oracles; i++) {
        double fails = set.get(i).failure();
        probability *= (failed >> i & 1) == 1 ? fails : 1 - fails;
      }
      failure += Integer.bitCount(failed) > (oracles - 1) / 3 ? probability : 0;
    }
    assertThat(OracleChoice.failure(set)).isCloseTo(failure, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Market.class)
  void choosesAmongThirtyOneInTime(Market market) {
    for (int seed = 0; seed < 3; seed++) {
      List<Candidate> candidates = candidates(MOST, market, new Random(seed));
      long all = candidates.stream().mapToLong(Candidate::cost).sum();
      for (int tenth = 1; tenth <= 9; tenth += 2) {
        long budget = all * tenth / 10;
        Optional<Choice> choice =
            Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> OracleChoice.within(candidates, budget));
        assertThat(choice.map(Choice::cost).orElse(0L)).isLessThanOrEqualTo(budget);
      }
    }
  }

  @Test
  void ofEqualOraclesTakesAsManyAsTheBudgetPays() {
    List<Candidate> equal =
        IntStream.range(0, 13).mapToObj(i -> new Candidate(address(i), 0.05, 10)).toList();
    assertThat(size(equal, 9)).isZero();
    assertThat(size(equal, 10)).isEqualTo(1);
    // Two or three stand no failure either, and are more to fail.
    assertThat(size(equal, 39)).isEqualTo(1);
    assertThat(size(equal, 40)).isEqualTo(4);
    assertThat(size(equal, 1000)).isEqualTo(13);
  }

  @Test
  void reliesOnOneRatherThanOnManyBadOnes() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate(address(0), 0.3, 5));
    IntStream.range(1, 10).forEach(i -> candidates.add(new Candidate(address(i), 0.5, 1)));
    Choice choice = OracleChoice.within(candidates, 100).orElseThrow();
    assertThat(choice.oracles()).containsExactly(candidates.get(0));
    assertThat(choice.faults()).isZero();
  }

  @Test
  void refusesWhatIsNoProbabilityAndTooMany() {
    for (double failure : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Candidate(address(0), failure, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Candidate(address(0), 0.5, -1))
        .isInstanceOf(IllegalArgumentException.class);
    List<Candidate> many = candidates(MOST + 1, Market.EQUAL, new Random(1));
    assertThatThrownBy(() -> OracleChoice.within(many, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(OracleChoice.within(List.of(), 1)).isEmpty();
  }

  private static int size(List<Candidate> candidates, long budget) {
    return OracleChoice.within(candidates, budget).map(c -> c.oracles().size()).orElse(0);
  }

  private static double bestOfAllSets(List<Candidate> candidates, long budget) {
    double best = Double.NaN;
    for (int set = 1; set < 1 << candidates.size(); set++) {
      int members = set;
      List<Candidate> chosen =
          IntStream.range(0, candidates.size())
              .filter(i -> (members >> i & 1) == 1)
              .mapToObj(candidates::get)
              .toList();
      if (chosen.stream().mapToLong(Candidate::cost).sum() <= budget) {
        double failure = OracleChoice.failure(chosen);
        best = Double.isNaN(best) ? failure : Math.min(best, failure);
      }
    }
    return best;
  }

  private static List<Candidate> candidates(int count, Market market, Random random) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              double failure = 0.01 + 0.4 * random.nextDouble();
              return switch (market) {
                case UNRELATED -> new Candidate(address(i), failure, random.nextInt(1000));
                case BETTER_IS_DEARER ->
                    new Candidate(address(i), failure, Math.round(500 - 1000 * failure) + 100);
                case MUCH_DEARER -> new Candidate(address(i), failure, Math.round(1000 / failure));
                case NEARLY_EQUAL ->
                    new Candidate(
                        address(i), 0.1 + failure / 1000, 1000 - Math.round(1000 * failure));
                case EQUAL -> new Candidate(address(i), 0.1, 100);
              };
            })
        .toList();
  }

  private static EvmAddress address(int number) {
    byte[] bytes = new byte[20];
    Arrays.fill(bytes, (byte) number);
    return EvmAddress.of(bytes);
  }
}

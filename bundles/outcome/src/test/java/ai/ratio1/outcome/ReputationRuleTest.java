package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Observation;
import ai.ratio1.wire.certificate.LeaderOrder;
import ai.ratio1.wire.certificate.ReputationLeaf;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReputationRuleTest {

  private static final int FULL = Reputations.FULL;
  private static final Lookback USUAL = new Lookback(true, OptionalLong.of(0));

  @Property
  void staysInBoundsAndNeverFallsWithABetterScoreOrABetterPast(
      @ForAll @IntRange(max = FULL) int reputation,
      @ForAll @IntRange(max = FULL) int score,
      @ForAll @IntRange(max = FULL) int better) {
    int moved = ReputationRule.moved(reputation, score);
    assertThat(moved).isBetween(0, FULL);
    assertThat(moved)
        .isLessThanOrEqualTo(ReputationRule.moved(reputation, Math.max(score, better)));
    assertThat(moved)
        .isLessThanOrEqualTo(ReputationRule.moved(Math.max(reputation, better), score));
    assertThat(moved).isBetween(Math.min(reputation, score) - 1, Math.max(reputation, score));
  }

  @Test
  void aPerfectOracleStaysPerfectAndASilentOneComesToNothing() {
    int perfect = FULL;
    int silent = FULL;
    int rising = 0;
    for (int epoch = 0; epoch < 400; epoch++) {
      perfect = ReputationRule.moved(perfect, FULL);
      silent = ReputationRule.moved(silent, 0);
      rising = ReputationRule.moved(rising, FULL);
    }
    assertThat(perfect).isEqualTo(FULL);
    assertThat(silent).isZero();
    assertThat(rising).isGreaterThan(FULL - 20);
  }

  @Test
  void theScoreIsTheShareOfRowsWithinFiveOfTheAgreedByte() {
    byte[] agreed = {(byte) 255, 100, 0, (byte) 130};
    assertThat(ReputationRule.score(agreed, agreed)).isEqualTo(FULL);
    assertThat(ReputationRule.score(new byte[] {(byte) 250, 105, 5, (byte) 125}, agreed))
        .isEqualTo(FULL);
    assertThat(ReputationRule.score(new byte[] {(byte) 249, 106, 6, 124}, agreed)).isZero();
    assertThat(ReputationRule.score(new byte[] {(byte) 255, 0, 0, 0}, agreed)).isEqualTo(FULL / 2);
    assertThat(ReputationRule.score(new byte[0], new byte[0])).as("no rows").isEqualTo(FULL);
  }

  @Test
  void whoIsNotIncludedOrExcludedScoresNothing() {
    int[] table = {255, 255, 255, 255};
    List<Observation> inputs = Sample.observations(table, table, table);
    Standing next =
        ReputationRule.next(
            epoch(0, 4, 0, Lookback.NOTHING), Standing.FOUNDING, inputs, 0b010, full(4));
    int half = Reputations.STARTING;
    int better = ReputationRule.moved(half, FULL);
    int worse = ReputationRule.moved(half, 0);
    assertThat(next.now().values()).containsExactly(better, worse, better, worse);
  }

  @Test
  void aBarredOracleHasNoneAndOneThatComesBackBeginsAnew() {
    int[] table = {255, 255, 255, 255};
    List<Observation> inputs = Sample.observations(table, table, table);
    Standing good = standing(Collections.nCopies(4, FULL), List.of());
    Standing barred =
        ReputationRule.next(epoch(1, 4, 0b1000, Lookback.NOTHING), good, inputs, 0, full(4));
    assertThat(barred.now().values()).containsExactly(FULL, FULL, FULL, 0);
    OracleSet others =
        new OracleSet(
            List.of(Sample.node(0), Sample.node(1), Sample.node(2), Sample.node(9)), Bytes32.ZERO);
    assertThat(barred.now().of(others)).containsExactly(FULL, FULL, FULL, Reputations.STARTING);
    Standing without =
        ReputationRule.next(epoch(2, others, Lookback.NOTHING), barred, inputs, 0, full(4));
    assertThat(without.now().of(Sample.node(3))).isEqualTo(Reputations.STARTING);
  }

  @Test
  void leadersWhoseViewsPassedLoseHalfOnceTheChainShowsIt() {
    int[] table = {255, 255, 255, 255};
    List<Observation> inputs = Sample.observations(table, table, table, table);
    List<EvmAddress> order =
        List.of(Sample.node(2), Sample.node(0), Sample.node(1), Sample.node(3));
    Standing before = standing(Collections.nCopies(4, FULL), order);
    int halved = ReputationRule.moved(FULL / 2, FULL);
    assertThat(after(before, inputs, OptionalLong.of(0))).containsExactly(FULL, FULL, FULL, FULL);
    assertThat(after(before, inputs, OptionalLong.of(2)))
        .containsExactly(halved, FULL, halved, FULL);
    assertThat(after(before, inputs, OptionalLong.of(99)))
        .as("once each, however many views there were")
        .containsExactly(halved, halved, halved, halved);
    assertThat(after(before, inputs, OptionalLong.empty()))
        .as("not recorded in time: nobody is blamed")
        .containsExactly(FULL, FULL, FULL, FULL);
  }

  @Property(tries = 100)
  void theOrderOfTheTablesDoesNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 31) int n) {
    Random random = new Random(seed);
    List<Observation> inputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      inputs.add(Sample.observation(i, random.ints(12, 240, 256).toArray()));
    }
    Standing before =
        standing(random.ints(n, 0, FULL + 1).boxed().toList(), List.of(Sample.node(1)));
    EndedEpoch epoch = epoch(9, n, 0, new Lookback(true, OptionalLong.of(random.nextInt(3))));
    Standing expected = ReputationRule.next(epoch, before, inputs, 0b1, full(12));
    Collections.shuffle(inputs, random);
    assertThat(ReputationRule.next(epoch, before, inputs, 0b1, full(12))).isEqualTo(expected);
    assertThat(expected.now().values()).allMatch(value -> value >= 0 && value <= FULL);
  }

  @Test
  void theRootIsOverOneLeafPerOracleByIndex() {
    Reputations two = new Reputations(List.of(Sample.node(1), Sample.node(0)), List.of(7, FULL));
    Bytes32 leaf = new AbiWords().uint(3).address(Sample.node(1)).uint(7).hash();
    assertThat(ReputationLeaf.of(Sample.node(1), 7)).isEqualTo(leaf);
    assertThat(two.root())
        .isEqualTo(MerkleTree.of(List.of(leaf, ReputationLeaf.of(Sample.node(0), FULL))).root());
    assertThat(Reputations.NONE.root()).isEqualTo(Bytes32.ZERO);
  }

  @Test
  void leadersAreDrawnWithTheReputationsOfTwoEpochsBefore() {
    Standing standing =
        new Standing(
            new Reputations(Sample.oracles(4).oracles(), List.of(1, 2, 3, 4)),
            new Reputations(Sample.oracles(4).oracles(), List.of(5, 6, 7, 8)),
            List.of());
    EndedEpoch ten = epoch(10, 4, 0, USUAL);
    assertThat(standing.weights(ten, 9)).contains(List.of(5, 6, 7, 8));
    assertThat(standing.weights(ten, 8)).contains(List.of(1, 2, 3, 4));
    assertThat(standing.weights(ten, 7)).as("not known yet").isEmpty();
    assertThat(standing.weights(epoch(10, 4, 0, Lookback.NOTHING), 3)).contains(List.of());
  }

  /** What consensus.md asks for: within 20 epochs those who never say anything hardly ever lead. */
  @Test
  void silentOraclesLoseLeadershipWithinTwentyEpochs() {
    for (int n : new int[] {4, 7, 13, 31}) {
      int f = (n - 1) / 3;
      int[] first = new int[2];
      int[] worst = new int[2];
      for (int run = 0; run < 60; run++) {
        int[] views = views(n, f, run * 1000L);
        first[0] += views[0] > 0 ? 1 : 0;
        first[1] += views[22] > 0 ? 1 : 0;
        worst[0] = Math.max(worst[0], views[0]);
        worst[1] = Math.max(worst[1], views[22]);
      }
      assertThat(first[0]).as("n = %d, in the beginning", n).isBetween(8, 30);
      assertThat(first[1]).as("n = %d, after 20 epochs", n).isLessThanOrEqualTo(first[0] / 2);
      assertThat(worst[1]).as("n = %d, views before the first that works", n).isLessThan(4);
    }
  }

  /** The view in which each of 23 epochs is certified when the last f of n are silent. */
  private static int[] views(int n, int f, long seed) {
    int[] views = new int[23];
    int[] row = new int[n];
    Arrays.fill(row, 255);
    List<Observation> inputs = new ArrayList<>();
    for (int i = 0; i < n - f; i++) {
      inputs.add(Sample.observation(i, row));
    }
    Standing standing = Standing.FOUNDING;
    for (int e = 0; e < views.length; e++) {
      OptionalLong view = e == 0 ? OptionalLong.empty() : OptionalLong.of(views[e - 1]);
      EndedEpoch epoch = epoch(seed + e, n, 0, new Lookback(e > 1, view));
      List<Integer> order =
          LeaderOrder.of(
              epoch.oracles(),
              epoch.beacon(),
              standing.weights(epoch, epoch.epoch() - 1).orElseThrow());
      while (order.get(views[e]) >= n - f) {
        views[e]++;
      }
      standing = ReputationRule.next(epoch, standing, inputs, 0, full(n));
    }
    return views;
  }

  private static List<Integer> after(Standing before, List<Observation> inputs, OptionalLong view) {
    EndedEpoch epoch = epoch(6, 4, 0, new Lookback(true, view));
    return ReputationRule.next(epoch, before, inputs, 0, full(4)).now().values();
  }

  private static Standing standing(List<Integer> values, List<EvmAddress> leaders) {
    Reputations now = new Reputations(Sample.oracles(values.size()).oracles(), values);
    return new Standing(now, now, leaders);
  }

  private static byte[] full(int rows) {
    byte[] table = new byte[rows];
    Arrays.fill(table, (byte) 255);
    return table;
  }

  private static EndedEpoch epoch(long number, int oracles, int barred, Lookback lookback) {
    OracleSet set = Sample.oracles(oracles);
    return epoch(number, new OracleSet(set.oracles(), set.configDigest(), barred), lookback);
  }

  private static EndedEpoch epoch(long number, OracleSet oracles, Lookback lookback) {
    EndedEpoch base = Sample.ended(number, 4, 4);
    return new EndedEpoch(
        number, base.schedule(), oracles, base.beacon(), base.rows(), base.rates(), lookback);
  }
}

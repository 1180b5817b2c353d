package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.consensus.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OutcomePropertyTest {

  private static final int ROWS = 40;

  /** Honest tables differ within a band per node; liars say anything. */
  private record World(EndedEpoch epoch, List<Observation> honest, List<Observation> liars) {

    static World of(long seed, int n, int missing) {
      Random random = new Random(seed);
      EndedEpoch epoch = Sample.ended(seed & 0xffff, n, ROWS);
      int f = epoch.oracles().faults();
      int[] centre = random.ints(ROWS, 0, 256).toArray();
      for (int i = 0; i < n; i++) {
        centre[i] = random.nextInt(4) == 0 ? random.nextInt(256) : 255;
      }
      List<Observation> honest = new ArrayList<>();
      for (int i = f + missing; i < n; i++) {
        int[] table = new int[ROWS];
        for (int k = 0; k < ROWS; k++) {
          table[k] = Math.max(0, Math.min(255, centre[k] + random.nextInt(9) - 4));
        }
        honest.add(Sample.observation(i, table));
      }
      List<Observation> liars = new ArrayList<>();
      for (int i = 0; i < f; i++) {
        liars.add(Sample.observation(i, lie(random)));
      }
      return new World(epoch, honest, liars);
    }

    private static int[] lie(Random random) {
      int style = random.nextInt(3);
      return random
          .ints(ROWS, 0, 256)
          .map(value -> style == 0 ? 0 : style == 1 ? 255 : value)
          .toArray();
    }

    List<Observation> all() {
      List<Observation> all = new ArrayList<>(liars);
      all.addAll(honest);
      return all;
    }
  }

  @Property(tries = 400)
  void upToFLiarsMoveNoByteOutsideTheHonestRange(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 31) int n) {
    World world = World.of(seed, n, 0);
    AgreedEpoch agreed = OutcomeRule.agree(world.epoch(), EpochState.founding(), world.all());
    for (int row = 0; row < ROWS; row++) {
      int k = row;
      int lowest =
          world.honest().stream()
              .mapToInt(o -> Byte.toUnsignedInt(o.table()[k]))
              .min()
              .orElseThrow();
      int highest =
          world.honest().stream()
              .mapToInt(o -> Byte.toUnsignedInt(o.table()[k]))
              .max()
              .orElseThrow();
      assertThat(Byte.toUnsignedInt(agreed.table()[k])).isBetween(lowest, highest);
    }
  }

  @Property(tries = 200)
  void theOutcomeDoesNotDependOnTheOrderOfTheSet(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 31) int n) {
    World world = World.of(seed, n, 0);
    List<Observation> shuffled = world.all();
    Collections.shuffle(shuffled, new Random(~seed));
    assertThat(OutcomeRule.agree(world.epoch(), EpochState.founding(), shuffled).outcome())
        .isEqualTo(OutcomeRule.agree(world.epoch(), EpochState.founding(), world.all()).outcome());
  }

  @Property(tries = 300)
  void theThetaRuleNeverLeavesFewerThanTwoFPlusOneTables(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 31) int n,
      @ForAll @IntRange(min = 0, max = 10) int missing) {
    int f = (n - 1) / 3;
    World world = World.of(seed, n, Math.min(missing, n - (2 * f + 1)));
    ThetaRule.Selection selection = ThetaRule.select(world.epoch(), world.all());
    assertThat(selection.kept()).hasSizeGreaterThanOrEqualTo(2 * f + 1);
    assertThat(Integer.bitCount(selection.excluded()) + selection.kept().size())
        .isEqualTo(world.all().size());
    assertThat(selection.kept())
        .noneMatch(kept -> (selection.excluded() >>> kept.index() & 1) == 1);
  }
}

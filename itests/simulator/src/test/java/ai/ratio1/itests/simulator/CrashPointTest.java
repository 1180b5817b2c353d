package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Kills an oracle before and after each of its writes to disk; it comes back with another table.
 */
final class CrashPointTest {

  @Test
  void aKillAtAnyWriteNeverMakesAnOracleVoteTwice() {
    assertThat(killEverywhere(Weather.CLEAN, Foe.NONE, 12)).isGreaterThan(400);
  }

  @Test
  void norAmongEquivocatingOraclesAndLoss() {
    assertThat(killEverywhere(Weather.LOSSY, Foe.EQUIVOCATING, 6)).isGreaterThan(150);
  }

  @Test
  void norAgainstColludingOraclesThatOwnTheNetwork() {
    assertThat(killEverywhere(Weather.STARVED, Foe.COLLUDING, 3)).isGreaterThan(100);
  }

  @Test
  void norInSlotsThatAreDecided() {
    assertThat(killEverywhere(8, seed -> plain(seed, Weather.LOSSY, Foe.EQUIVOCATING).deciding()))
        .isGreaterThan(300);
    assertThat(killEverywhere(4, seed -> plain(seed, Weather.STARVED, Foe.COLLUDING).deciding()))
        .isGreaterThan(100);
  }

  private static Scenario plain(long seed, Weather weather, Foe foe) {
    return Scenario.plain(seed, 4).with(weather, foe);
  }

  private static int killEverywhere(Weather weather, Foe foe, int seeds) {
    return killEverywhere(seeds, seed -> plain(seed, weather, foe));
  }

  private static int killEverywhere(int seeds, LongFunction<Scenario> scenarios) {
    int runs = 0;
    for (long seed = 0; seed < seeds; seed++) {
      Scenario undisturbed = scenarios.apply(seed);
      List<Integer> flushes = new ArrayList<>(Simulation.run(undisturbed).flushes());
      for (int victim = 0; victim < flushes.size(); victim++) {
        for (int flush = 1; flush <= flushes.get(victim); flush++) {
          for (boolean after : new boolean[] {false, true}) {
            Course.FailPoint point = new Course.FailPoint(victim, flush, after);
            Course killed = undisturbed.course().with(point);
            Report report = Simulation.run(undisturbed.with(killed));
            assertThat(report.good()).as(report.line()).isTrue();
            runs++;
          }
        }
      }
    }
    return runs;
  }
}

package ai.ratio1.apbft.internal.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.chain.OracleSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Each rule that agreement rests on is broken in turn: a simulator that does not notice proves
 * nothing about the rules as they are.
 */
final class MutantTest {

  private static final int ENOUGH = 3_000;

  @Test
  void noticesAQuorumOfTwoAmongFour() {
    Rules weak = new SmallQuorum(2);
    assertThat(firstViolation(seed -> colluding(seed, 4, Weather.STARVED).with(weak)))
        .contains("two outcomes");
  }

  @Test
  void noticesASimpleMajorityAmongSeven() {
    Rules majority = new SmallQuorum(4);
    assertThat(firstViolation(seed -> colluding(seed, 7, Weather.CLEAN).with(majority)))
        .contains("two outcomes");
  }

  @Test
  void noticesThatLocksBindNobody() {
    Rules unbound = new Unbound();
    assertThat(firstViolation(seed -> colluding(seed, 4, Weather.STARVED).with(unbound)))
        .contains("two outcomes");
  }

  @Test
  void noticesThatCommitsAreAddedUpOverViews() {
    Rules adding = new AddingUp();
    assertThat(firstViolation(seed -> colluding(seed, 4, Weather.STARVED).with(adding)))
        .contains("nobody else accepts");
  }

  @Test
  void noticesThatStatementsAreForgotten() {
    assertThat(firstViolation(seed -> forgetting(seed, LogEntry.Said.class)))
        .contains("two statements");
  }

  @Test
  void noticesThatLocksAreForgotten() {
    assertThat(firstViolation(seed -> forgetting(seed, LogEntry.Locked.class)))
        .contains("hides what it is locked on");
  }

  @Test
  void noticesThatViewsAreForgotten() {
    assertThat(firstViolation(seed -> forgetting(seed, LogEntry.Entered.class)))
        .contains("below an announced view");
  }

  private static Scenario colluding(long seed, int oracles, Weather weather) {
    return Scenario.plain(seed, oracles).with(weather, Foe.COLLUDING);
  }

  private static Scenario forgetting(long seed, Class<? extends LogEntry> lost) {
    return Scenario.plain(seed, 4)
        .with(Weather.STARVED, Foe.COLLUDING)
        .withCrashes(12)
        .withForgetful(lost);
  }

  private static String firstViolation(LongFunction<Scenario> scenarios) {
    for (long seed = 0; seed < ENOUGH; seed++) {
      Report report = Simulation.run(scenarios.apply(seed));
      if (!report.violations().isEmpty()) {
        return report.line();
      }
    }
    return "nothing in " + ENOUGH + " runs";
  }

  private static final class SmallQuorum extends Rules {
    private final int quorum;

    SmallQuorum(int quorum) {
      this.quorum = quorum;
    }

    @Override
    public int quorum(OracleSet oracles) {
      return quorum;
    }
  }

  private static final class Unbound extends Rules {
    @Override
    public Optional<Lock> binding(List<NewView> justification) {
      return Optional.empty();
    }
  }

  private static final class AddingUp extends Rules {
    @Override
    public long tally(long view) {
      return 0;
    }
  }
}

package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule that agreement and liveness rest on is broken in turn, and each fault is found. */
final class MutantTest {

  /** The rarest shows in one of a hundred histories. */
  private static final int ENOUGH = 1_000;

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void isFoundWithinAThousandSeeds(Mutant mutant) {
    for (long seed = 0; seed < ENOUGH; seed++) {
      Report report = Simulation.run(mutant.scenario(seed));
      if (!report.good()) {
        assertThat(report.complaint()).contains(mutant.symptom());
        return;
      }
    }
    throw new AssertionError("nothing in " + ENOUGH + " runs");
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void isMissingFromTheSameHistoriesWithTheEngineAsItIs(Mutant mutant) {
    for (long seed = 0; seed < 20; seed++) {
      Scenario faulty = mutant.scenario(seed);
      Subject sound = Subject.PRODUCTION.with(faulty.subject().settings());
      Report report = Simulation.run(faulty.with(sound));
      assertThat(report.good()).as(report.line()).isTrue();
    }
  }
}

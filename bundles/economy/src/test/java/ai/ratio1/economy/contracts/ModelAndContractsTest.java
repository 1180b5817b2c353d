package ai.ratio1.economy.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.economy.Rules;
import ai.ratio1.economy.model.Step;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The model of the economy and the contracts on a real chain take the same random steps; after
 * each, everything both know is compared, and what one refuses the other refuses for the same
 * reason.
 *
 * <p>{@code -Deconomy.seed} and {@code -Deconomy.steps} walk another way; a failure names both. A
 * step may bring others with it, such as an epoch the settlement of its jobs.
 */
class ModelAndContractsTest {

  private static final long SEED = Long.getLong("economy.seed", 42);
  private static final int STEPS = Integer.getInteger("economy.steps", 500);

  private static Run run;

  @BeforeAll
  static void walk() {
    run = Run.of(SEED, STEPS, Mutants.of(Rules.CONTRACTS));
  }

  @Test
  void agreeAfterEveryStep() {
    assertThat(run.difference()).as(run.report()).isEmpty();
  }

  /** Or the walk would show little. */
  @Test
  void everyKindOfStepIsDoneAndMostAreRefusedForSeveralReasons() {
    assertThat(run.done())
        .as(run.report())
        .containsAll(
            Arrays.stream(Step.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
    assertThat(run.refused()).as(run.report()).hasSizeGreaterThan(60);
  }

  /** Or the comparison would be worth little. */
  @Test
  void aModelWithOneFigureThatIsOneOffIsFoundOut() {
    assertThat(run.mutants()).hasSizeGreaterThan(20);
    assertThat(run.mutants())
        .filteredOn(mutant -> mutant.difference().isEmpty())
        .extracting(Follower::name)
        .as(run.report())
        .isEmpty();
  }
}

package ai.ratio1.economy.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as {@link ModelAndContractsTest}, longer, and every time another way.
 *
 * <p>Several economies share the steps: what a step costs the chain grows with all that was done
 * before it, so one economy of so many steps would take hours and see the same few states for most
 * of them.
 */
@Tag("long")
class LongWalkTest {

  private static final int STEPS = Integer.getInteger("economy.steps", 10_000);
  private static final int ECONOMIES = 10;

  static LongStream seeds() {
    long first = Long.getLong("economy.seed", System.nanoTime());
    return LongStream.range(first, first + ECONOMIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesAfterEveryStep(long seed) {
    Run walk = Run.of(seed, STEPS / ECONOMIES, Map.of());
    assertThat(walk.difference()).as(walk.report()).isEmpty();
  }
}

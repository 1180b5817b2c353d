package ai.ratio1.economy.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same as {@link ModelAndContractsTest}, longer, and every time another way. */
@Tag("long")
class LongWalkTest {

  @Test
  void agreesAfterEveryStep() {
    long seed = Long.getLong("economy.seed", System.nanoTime());
    Run walk = Run.of(seed, Integer.getInteger("economy.steps", 10_000), Map.of());
    assertThat(walk.difference()).as(walk.report()).isEmpty();
  }
}

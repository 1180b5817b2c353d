package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  /** Always draws the highest number allowed. */
  private static final RandomGenerator HIGHEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void doublesUpToTheCapAndStartsOver() {
    Backoff backoff = new Backoff(500, 3000, HIGHEST);
    assertThat(backoff.next()).isEqualTo(500);
    assertThat(backoff.next()).isEqualTo(1000);
    assertThat(backoff.next()).isEqualTo(2000);
    assertThat(backoff.next()).isEqualTo(3000);
    assertThat(backoff.next()).isEqualTo(3000);
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(500);
  }

  @Property(tries = 100)
  void drawsFromTheWholeRange(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = 1000) long first) {
    Backoff backoff = new Backoff(first, 8 * first, new Random(seed));
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.next()).isBetween(0L, 8 * first);
    }
  }

  @Test
  void spreadsANetwork() {
    long early = 0;
    for (int seed = 0; seed < 1000; seed++) {
      early += new Backoff(1000, 1000, new Random(seed)).next() < 500 ? 1 : 0;
    }
    assertThat(early).isBetween(400L, 600L);
  }
}

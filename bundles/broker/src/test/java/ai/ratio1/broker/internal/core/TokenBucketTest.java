package ai.ratio1.broker.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void allowsABurstThenTheRate() {
    TokenBucket bucket = new TokenBucket(10, 3, 0);
    assertThat(bucket.take(3, 0)).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(SECOND / 10);
    assertThat(bucket.take(1, SECOND / 5)).isZero();
  }

  @Test
  void holdsNoMoreThanTheBurstHoweverLongItRests() {
    TokenBucket bucket = new TokenBucket(10, 3, 0);
    assertThat(bucket.take(4, 1000 * SECOND)).isPositive();
  }

  @Property
  void keepsObedientCallersToTheRate(
      @ForAll @IntRange(min = 1, max = 1000) int rate,
      @ForAll @IntRange(min = 1, max = 50) int burst) {
    TokenBucket bucket = new TokenBucket(rate, burst, 0);
    long now = 0;
    int taken = 0;
    while (now < SECOND) {
      now += bucket.take(1, now);
      taken++;
    }
    assertThat(taken).isBetween(rate, rate + burst + 2);
  }
}

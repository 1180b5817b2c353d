package ai.ratio1.http.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  @Property
  void neverAdmitsMoreThanBurstAndRate(
      @ForAll @IntRange(min = 1, max = 600) int perMinute,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll int[] steps) {
    RateLimiter limiter = new RateLimiter(perMinute, burst, 4);
    long now = 0;
    long elapsed = 0;
    long admitted = 0;
    for (int step : steps) {
      // The clock may be set back; that must not give tokens away.
      int forward = step % 10_000;
      now += forward;
      elapsed += Math.max(0, forward);
      admitted += limiter.admits("a", now) ? 1 : 0;
      assertThat(admitted).isLessThanOrEqualTo(burst + elapsed * perMinute / 60_000);
    }
  }

  @Test
  void admitsTheBurstAndThenTheRate() {
    RateLimiter limiter = new RateLimiter(60, 2, 4);
    assertThat(limiter.admits("a", 0)).isTrue();
    assertThat(limiter.admits("a", 0)).isTrue();
    assertThat(limiter.admits("a", 999)).isFalse();
    assertThat(limiter.admits("a", 1000)).isTrue();
    assertThat(limiter.admits("b", 1000)).isTrue();
  }

  @Test
  void countsAnIpv6NetworkAsOneRemote() {
    RateLimiter limiter = new RateLimiter(1, 1, 4);
    assertThat(limiter.admits("2001:db8:0:1:0:0:0:1", 0)).isTrue();
    assertThat(limiter.admits("2001:db8:0:1:ffff:0:0:2", 0)).isFalse();
    assertThat(limiter.admits("2001:db8:0:2:0:0:0:1", 0)).isTrue();
  }

  @Test
  void forgetsTheRemoteThatWasSilentLongest() {
    RateLimiter limiter = new RateLimiter(1, 1, 2);
    assertThat(limiter.admits("a", 0)).isTrue();
    assertThat(limiter.admits("b", 0)).isTrue();
    assertThat(limiter.admits("a", 0)).isFalse();
    assertThat(limiter.admits("c", 0)).isTrue();
    assertThat(limiter.admits("a", 0)).isFalse();
    assertThat(limiter.admits("b", 0)).isTrue();
  }
}

package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.Uptime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void theMemoryForgetsTheOldestFirst() {
    ReplayMemory memory = new ReplayMemory(2);
    assertThat(memory.isFirst("a")).isTrue();
    assertThat(memory.isFirst("b")).isTrue();
    assertThat(memory.isFirst("a")).isFalse();
    assertThat(memory.isFirst("c")).isTrue();
    assertThat(memory.isFirst("b")).isFalse();
    assertThat(memory.isFirst("a")).isTrue();
    memory.limit(1);
    assertThat(memory.isFirst("a")).isFalse();
    assertThat(memory.isFirst("c")).isTrue();
  }

  @Test
  void aSenderHasItsShareOfEveryMinute() {
    SenderRate rate = new SenderRate(2, 10);
    NodeAddress a = Keys.key(1).address();
    assertThat(rate.admits(a, NOW)).isTrue();
    assertThat(rate.admits(a, NOW.plusSeconds(59))).isTrue();
    assertThat(rate.admits(a, NOW.plusSeconds(59))).isFalse();
    assertThat(rate.admits(Keys.key(2).address(), NOW.plusSeconds(59))).isTrue();
    assertThat(rate.admits(a, NOW.plusSeconds(60))).isTrue();
    assertThat(rate.admits(a, NOW.minusSeconds(1000))).isTrue();
  }

  @Test
  void theRateForgetsTheSenderThatWasSilentLongest() {
    SenderRate rate = new SenderRate(1, 2);
    assertThat(rate.admits(Keys.key(1).address(), NOW)).isTrue();
    assertThat(rate.admits(Keys.key(2).address(), NOW)).isTrue();
    assertThat(rate.admits(Keys.key(1).address(), NOW)).isFalse();
    assertThat(rate.admits(Keys.key(3).address(), NOW)).isTrue();
    assertThat(rate.admits(Keys.key(1).address(), NOW)).isFalse();
    assertThat(rate.admits(Keys.key(2).address(), NOW)).isTrue();
  }

  @Property
  void waitsGrowToTheLimitAndStayThere(
      @ForAll @IntRange(min = 1, max = 60_000) int least,
      @ForAll @IntRange(min = 1, max = 3_600_000) int most,
      @ForAll long seed) {
    int limit = Math.max(least, most);
    Backoff backoff =
        new Backoff(Duration.ofMillis(least), Duration.ofMillis(limit), new Random(seed));
    for (int i = 0; i < 80; i++) {
      long expected = i > 40 ? limit : Math.min(limit, (long) least << Math.min(i, 30));
      assertThat(backoff.next().toMillis()).isBetween(expected / 2, expected);
    }
    backoff.reset();
    assertThat(backoff.next().toMillis()).isBetween(least / 2L, (long) least);
  }

  @Test
  void runningTimesLookAsGenuineServersWriteThem() {
    assertThat(Uptime.text(Duration.ofSeconds(37))).isEqualTo("0:00:37");
    assertThat(Uptime.text(Duration.ofSeconds(3600 * 11 + 62))).isEqualTo("11:01:02");
    assertThat(Uptime.text(Duration.ofDays(1))).isEqualTo("1 day, 0:00:00");
    assertThat(Uptime.text(Duration.ofDays(23).plusMillis(1999))).isEqualTo("23 days, 0:00:01");
    assertThat(Uptime.text(Duration.ofSeconds(-5))).isEqualTo("0:00:00");
  }
}

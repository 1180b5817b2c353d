package ai.ratio1.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EpochScheduleTest {

  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          GENESIS,
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(3),
          Duration.ofMillis(1500),
          250);

  @Test
  void theLastNanosecondBeforeGenesisIsBeforeEpochZero() {
    assertThat(SCHEDULE.epochAt(GENESIS.minusNanos(1))).isEqualTo(-1);
    assertThat(SCHEDULE.epochAt(GENESIS)).isZero();
  }

  @Property
  void everyMomentLiesInItsEpochAndSlot(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000_000L) long nanos) {
    Instant moment = GENESIS.plusNanos(nanos);
    long epoch = SCHEDULE.epochAt(moment);
    assertThat(SCHEDULE.startOf(epoch)).isBeforeOrEqualTo(moment);
    assertThat(SCHEDULE.endOf(epoch)).isAfter(moment);
    assertThat(SCHEDULE.slotAt(moment)).isBetween(0, SCHEDULE.slots() - 1);
  }
}

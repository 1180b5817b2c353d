package ai.ratio1.oraclesync.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.outcome.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilencePatienceTest {

  @Test
  void oraclesWaitOneAfterTheOtherInTimesThatScaleWithTheEpoch() {
    assertThat(SilencePatience.of(Sample.SCHEDULE, 0)).isEqualTo(Duration.ofMillis(7500));
    assertThat(SilencePatience.of(Sample.SCHEDULE, 1)).isEqualTo(Duration.ofMillis(9000));
    assertThat(SilencePatience.of(Sample.SCHEDULE, 3)).isEqualTo(Duration.ofMillis(12_000));
  }

  @Test
  void nobodyWaitsForMinutesInALongEpoch() {
    EpochSchedule day =
        new EpochSchedule(
            Sample.SCHEDULE.genesis(),
            Duration.ofDays(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            250);
    assertThat(SilencePatience.of(day, 0)).isEqualTo(Duration.ofSeconds(60));
    assertThat(SilencePatience.of(day, 30)).isEqualTo(Duration.ofSeconds(210));
  }
}

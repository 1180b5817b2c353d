package ai.ratio1.heartbeat.internal;

import ai.ratio1.chain.EpochSchedule;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When epochs begin, by a chain that may change its mind. */
@Timeout(120)
class BeaconFollowerTest {

  private final Around around = new Around();
  private final BeaconFollower follower = around.follower();

  @AfterEach
  void stop() {
    follower.close();
  }

  @Test
  void aGenesisThatIsTakenBackAndScheduledAnewIsFollowed() {
    Await.until(() -> follower.schedule().isPresent());
    EpochSchedule before = around.chain.schedule;
    Instant genesis = before.genesis().plusSeconds(77);
    around.chain.schedule =
        new EpochSchedule(
            genesis,
            before.epochLength(),
            before.slotLength(),
            before.clockTolerance(),
            before.lateWindow(),
            before.commitWindow(),
            before.theta());
    Await.until(() -> follower.schedule().filter(now -> now.genesis().equals(genesis)).isPresent());
  }
}

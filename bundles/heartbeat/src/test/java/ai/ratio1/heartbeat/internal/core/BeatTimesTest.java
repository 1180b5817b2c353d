package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BeatTimesTest {

  @Property(tries = 100)
  void everySlotGetsTwoBeatsAndNoneNearItsEdges(
      @ForAll @IntRange(max = 100_000) int node, @ForAll long seed) {
    Duration interval = Duration.ofMillis(250);
    BeatTimes times =
        new BeatTimes(interval, new TestKey(node % 50).evmAddress(), new Random(seed));
    Instant now = Network.at(2, node % 500);
    int[] beats = new int[60];
    for (int i = 0; i < 110; i++) {
      now = times.next(Network.SCHEDULE.genesis(), now);
      long inInterval =
          Math.floorMod(Duration.between(Network.SCHEDULE.genesis(), now).toMillis(), 250L);
      assertThat(inInterval).isBetween(24L, 176L);
      beats[Network.SCHEDULE.slotAt(now)]++;
    }
    for (int slot = 2; slot < 50; slot++) {
      assertThat(beats[slot]).as("slot %s", slot).isEqualTo(2);
    }
  }

  @Property(tries = 50)
  void genuineReceiversSeeGapsOfFiveToFifteenSeconds(@ForAll long seed) {
    BeatTimes times =
        new BeatTimes(Duration.ofSeconds(10), new TestKey(1).evmAddress(), new Random(seed));
    Instant now = times.next(Network.SCHEDULE.genesis(), Network.at(0, 0));
    for (int i = 0; i < 100; i++) {
      Instant next = times.next(Network.SCHEDULE.genesis(), now);
      assertThat(Duration.between(now, next))
          .isBetween(Duration.ofMillis(7999), Duration.ofMillis(12_001));
      now = next;
    }
  }

  @Example
  void nodesDoNotBeatAllAtOnce() {
    Set<Long> phases = new HashSet<>();
    for (int node = 0; node < 20; node++) {
      BeatTimes times =
          new BeatTimes(Duration.ofSeconds(10), new TestKey(node).evmAddress(), new Random(7));
      phases.add(times.next(Network.SCHEDULE.genesis(), Network.at(0, 0)).toEpochMilli() / 100);
    }
    assertThat(phases).hasSizeGreaterThan(10);
  }
}

package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.Gpu;
import ai.ratio1.hardware.GpuTask;
import ai.ratio1.hardware.Gpus;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.outcome.capability.GpuSize;
import ai.ratio1.outcome.capability.GpuWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A graphics processor is claimed when it computes rightly, and none after one failed. */
class MachineGpusTest {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private enum Manner {
    RIGHT,
    WRONG,
    BROKEN
  }

  /** A graphics processor made of plain loops. */
  private record TestGpu(String name, Manner manner) implements Gpu {
    @Override
    public Optional<long[]> walk(GpuTask task, BooleanSupplier goOn) {
      if (manner == Manner.BROKEN) {
        throw new R1Exception(new ErrorCode("R1-HW-005"), "It fell off the bus.", "Restart.");
      }
      long[] found = new long[task.seeds().length * task.segments()];
      for (int i = 0; i < found.length; i++) {
        if (!goOn.getAsBoolean()) {
          return Optional.empty();
        }
        int segment = i % task.segments();
        long from = segment == 0 ? 0 : found[i - 1];
        found[i] = segment(task, task.seeds()[i / task.segments()], segment, from);
      }
      found[0] += manner == Manner.WRONG ? 1 : 0;
      return Optional.of(found);
    }

    private static long segment(GpuTask task, long seed, int segment, long from) {
      long state = mix(seed ^ mix(from + (segment + 1) * GOLDEN));
      long folded = GOLDEN;
      for (int n = 1; n <= task.walks(); n++) {
        long walk = mix(state + n * GOLDEN);
        for (int round = 0; round < task.rounds(); round++) {
          walk = (walk ^ task.table()[(int) walk & GpuTask.TABLE - 1]) * GOLDEN;
          walk ^= walk >>> 32;
        }
        folded = (folded ^ walk) * GOLDEN;
        folded ^= folded >>> 32;
      }
      return folded;
    }

    private static long mix(long state) {
      long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      return mixed ^ (mixed >>> 31);
    }
  }

  /** Wrong until it is repaired. */
  private record FlakyGpu(AtomicBoolean repaired) implements Gpu {
    @Override
    public String name() {
      return "flaky";
    }

    @Override
    public Optional<long[]> walk(GpuTask task, BooleanSupplier goOn) {
      return new TestGpu(name(), repaired.get() ? Manner.RIGHT : Manner.WRONG).walk(task, goOn);
    }
  }

  private Instant now = Instant.parse("2026-11-28T08:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final List<Gpu> there = new ArrayList<>();
  private final MachineGpus gpus =
      new MachineGpus(() -> Optional.<Gpus>of(() -> List.copyOf(there)), clock);

  @Test
  void worksOnAllOfThemAtOnce() throws InterruptedException {
    there.add(new TestGpu("one", Manner.RIGHT));
    there.add(new TestGpu("wrong", Manner.WRONG));
    there.add(new TestGpu("broken", Manner.BROKEN));
    there.add(new TestGpu("two", Manner.RIGHT));
    assertThat(gpus.count(64)).isEqualTo(2);
    assertThat(gpus.count(1)).isOne();
    GpuWork work = work(2);
    assertThat(gpus.work(work, () -> true)).contains(work.checkpoints());
    assertThat(gpus.work(work, () -> false)).isEmpty();
    assertThat(gpus.work(work(3), () -> true)).isEmpty();
  }

  @Test
  void withoutThemNothingIsClaimed() throws InterruptedException {
    assertThat(gpus.count(64)).isZero();
    MachineGpus none = new MachineGpus(Optional::empty, clock);
    assertThat(none.count(64)).isZero();
    assertThat(none.work(work(1), () -> true)).isEmpty();
  }

  @Test
  void thoseThatFailedAreNotClaimedForAWeek() {
    there.add(new TestGpu("one", Manner.RIGHT));
    assertThat(gpus.count(1)).isOne();
    gpus.doubt();
    assertThat(gpus.count(1)).isZero();
    now = now.plus(Duration.ofDays(7));
    assertThat(gpus.count(1)).isOne();
  }

  @Test
  void oneThatFailedItsTrialGetsAnotherAnHourLater() {
    AtomicBoolean repaired = new AtomicBoolean();
    there.add(new FlakyGpu(repaired));
    assertThat(gpus.count(1)).isZero();
    repaired.set(true);
    assertThat(gpus.count(1)).isZero();
    now = now.plus(Duration.ofHours(1));
    assertThat(gpus.count(1)).isOne();
    repaired.set(false);
    now = now.plus(Duration.ofHours(1));
    assertThat(gpus.count(1)).as("whoever passed is not asked again").isOne();
  }

  private static GpuWork work(int gpus) {
    return new GpuWork(Network.beacon(1), new TestKey(1).evmAddress(), new GpuSize(gpus, 16, 2, 1));
  }
}

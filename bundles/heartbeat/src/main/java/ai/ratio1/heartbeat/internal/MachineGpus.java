package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.Gpu;
import ai.ratio1.hardware.GpuTask;
import ai.ratio1.hardware.Gpus;
import ai.ratio1.outcome.capability.GpuSize;
import ai.ratio1.outcome.capability.GpuWork;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graphics processors that the machine has and that compute rightly. Thread-safe. */
final class MachineGpus implements GpuProver {

  private static final Logger LOG = LoggerFactory.getLogger(MachineGpus.class);
  private static final Duration DOUBT = Duration.ofDays(7);
  private static final Duration NEXT_TRIAL = Duration.ofHours(1);

  /** Small, and with all that a larger one has. */
  private static final GpuSize TRIAL = new GpuSize(1, 256, 2, 3);

  private final Supplier<Optional<Gpus>> machine;
  private final Clock clock;
  private final Map<Gpu, Trial> trials = new HashMap<>();
  private volatile Instant doubtedUntil = Instant.MIN;

  /** Whoever failed gets another one later: a driver may have been busy, or was repaired. */
  private record Trial(boolean passed, Instant at) {
    boolean counts(Instant now) {
      return passed || now.isBefore(at.plus(NEXT_TRIAL));
    }
  }

  MachineGpus(Supplier<Optional<Gpus>> machine, Clock clock) {
    this.machine = machine;
    this.clock = clock;
  }

  @Override
  public int count(int wanted) {
    return clock.instant().isBefore(doubtedUntil) ? 0 : right(wanted).size();
  }

  @Override
  public void doubt() {
    doubtedUntil = clock.instant().plus(DOUBT);
    LOG.warn("Graphics processors failed in a proof, or are too slow: none is claimed for a week.");
  }

  @Override
  public Optional<byte[]> work(GpuWork work, BooleanSupplier goOn) throws InterruptedException {
    List<Gpu> gpus = right(work.size().gpus());
    if (gpus.size() < work.size().gpus()) {
      return Optional.empty();
    }
    ByteBuffer checkpoints = ByteBuffer.allocate(work.size().places() * Long.BYTES);
    int each = checkpoints.capacity() / gpus.size();
    AtomicInteger done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < gpus.size(); i++) {
      int gpu = i;
      ByteBuffer part = checkpoints.slice(gpu * each, each);
      Runnable share =
          () ->
              walk(gpus.get(gpu), work, gpu, goOn)
                  .ifPresent(
                      found -> {
                        part.asLongBuffer().put(found);
                        done.incrementAndGet();
                      });
      Thread thread = Threads.thread("r1-heartbeat-proof-gpu-" + gpu, share);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return done.get() == gpus.size() ? Optional.of(checkpoints.array()) : Optional.empty();
  }

  private synchronized List<Gpu> right(int wanted) {
    return machine.get().stream()
        .flatMap(gpus -> gpus.all().stream())
        .filter(gpu -> trials.compute(gpu, this::latest).passed())
        .limit(wanted)
        .toList();
  }

  private Trial latest(Gpu gpu, @Nullable Trial last) {
    Instant now = clock.instant();
    return last != null && last.counts(now) ? last : new Trial(isRight(gpu), now);
  }

  /** A driver that miscounts would have an honest node accused. */
  private static boolean isRight(Gpu gpu) {
    GpuWork trial = new GpuWork(Bytes32.ZERO, EvmAddress.ZERO, TRIAL);
    long[] expected = new long[TRIAL.places()];
    ByteBuffer.wrap(trial.checkpoints()).asLongBuffer().get(expected);
    boolean agrees =
        walk(gpu, trial, 0, () -> true).filter(found -> Arrays.equals(found, expected)).isPresent();
    if (agrees) {
      LOG.info("{} can prove that it is there.", gpu.name());
    } else {
      LOG.warn("{} computes wrongly and is not claimed.", gpu.name());
    }
    return agrees;
  }

  private static Optional<long[]> walk(Gpu gpu, GpuWork work, int number, BooleanSupplier goOn) {
    GpuSize size = work.size();
    long[] seeds =
        IntStream.range(0, size.groups()).mapToLong(group -> work.seed(number, group)).toArray();
    try {
      return gpu.walk(
          new GpuTask(work.table(), seeds, size.walks(), size.segments(), size.rounds()), goOn);
    } catch (R1Exception e) {
      LOG.warn("{}", e.describe());
      return Optional.empty();
    }
  }
}

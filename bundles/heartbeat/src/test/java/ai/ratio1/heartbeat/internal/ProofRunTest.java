package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.GpuWork;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofSize;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proof never costs more than its share of the processors. */
@Timeout(60)
class ProofRunTest {

  private static final Duration EPOCH = Duration.ofSeconds(20);

  @Test
  void whatTheMachineHasIsProvenInsideTheLimit() throws InterruptedException {
    ProofSize size =
        ProofSize.of(new ProofBudget("slow", 1000, 200, 256, 1000), claim("slow", 2, 0), EPOCH);
    ProofRun run = run(size, new TestGpus(Optional.empty()));
    assertThat(run.work()).isPresent();
    assertThat(run.spentNanos()).isPositive().isLessThan(2 * size.limit().toNanos());
  }

  @Test
  void whatItHasNotIsGivenUp() throws InterruptedException {
    ProofSize size =
        ProofSize.of(new ProofBudget("fast", 1_000_000, 200, 256, 0), claim("fast", 256, 0), EPOCH);
    long segment = segmentNanos(size);
    ProofRun run = run(size, new TestGpus(Optional.empty()));
    assertThat(run.work()).isEmpty();
    // The segment that a thread is in is worked to its end, and no two take the same time.
    assertThat(run.spentNanos()).isLessThan(2 * (size.limit().toNanos() + 2 * segment));
  }

  @Test
  void graphicsProcessorsWorkMeanwhile() throws InterruptedException {
    ProofSize size =
        ProofSize.of(new ProofBudget("slow", 1000, 200, 256, 1000), claim("slow", 2, 1), EPOCH);
    byte[] found = new GpuWork(BEACON, NODE, size.gpus()).checkpoints();
    TestGpus there = new TestGpus(Optional.of(found));
    assertThat(run(size, there).work().orElseThrow()).hasSize(size.places() * 8).endsWith(found);
    assertThat(there.doubted).isFalse();

    TestGpus gone = new TestGpus(Optional.empty());
    ProofRun run = run(size, gone);
    assertThat(run.work()).isEmpty();
    assertThat(run.reason()).contains("GPUs");
    assertThat(gone.doubted).isTrue();
  }

  private static final Bytes32 BEACON = Network.beacon(1);
  private static final EvmAddress NODE = new TestKey(1).evmAddress();

  private static CapabilityClaim claim(String profile, int cores, int gpus) {
    return new CapabilityClaim(profile, cores, 0, gpus);
  }

  /** Processor time that one segment takes on this machine. */
  private static long segmentNanos(ProofSize size) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    CapabilityWork work = new CapabilityWork(BEACON, NODE, size);
    long begun = threads.getCurrentThreadCpuTime();
    work.segment(0, 0, 0);
    return threads.getCurrentThreadCpuTime() - begun;
  }

  private static ProofRun run(ProofSize size, GpuProver gpus) {
    return new ProofRun(
        new CapabilityWork(BEACON, NODE, size),
        new GpuWork(BEACON, NODE, size.gpus()),
        size,
        gpus,
        2);
  }

  /** Graphics processors that find what they are told to. */
  private static final class TestGpus implements GpuProver {
    private final Optional<byte[]> found;
    private boolean doubted;

    private TestGpus(Optional<byte[]> found) {
      this.found = found;
    }

    @Override
    public int count(int wanted) {
      return wanted;
    }

    @Override
    public void doubt() {
      doubted = true;
    }

    @Override
    public Optional<byte[]> work(GpuWork work, BooleanSupplier goOn) {
      return found;
    }
  }
}

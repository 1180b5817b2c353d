package ai.ratio1.heartbeat.internal;

import ai.ratio1.outcome.capability.CapabilityProof;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.GpuWork;
import ai.ratio1.outcome.capability.ProofSize;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One proof, on as many threads of the lowest priority as there are processors for it, and on the
 * graphics processors meanwhile. It is given up once it has cost 0.5 % of the processors it runs
 * on, or taken longer than an answer may.
 */
final class ProofRun {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final CapabilityProof proof;
  private final GpuWork gpuWork;
  private final GpuProver gpus;
  private final long allowedNanos;
  private final int threads;
  private final long limitNanos;
  private final AtomicLong spentNanos = new AtomicLong();
  private volatile boolean stopped;
  private volatile boolean failed;

  ProofRun(CapabilityWork work, GpuWork gpuWork, ProofSize size, GpuProver gpus, int processors) {
    this.proof = new CapabilityProof(work, size);
    this.gpuWork = gpuWork;
    this.gpus = gpus;
    this.allowedNanos = size.allowed().toNanos();
    this.threads = Math.min(size.lanes(), processors);
    this.limitNanos = size.limit().toNanos() * threads;
  }

  /**
   * Works until it is done, given up or stopped.
   *
   * @return the checkpoints; empty when it was given up or stopped
   */
  Optional<byte[]> work() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = Threads.modest("r1-heartbeat-proof-" + i, this::lanes);
      workers.add(worker);
      worker.start();
    }
    try {
      gpus();
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      stopped = true;
    }
    return proof.checkpoints();
  }

  private void gpus() throws InterruptedException {
    if (gpuWork.size().gpus() == 0) {
      return;
    }
    long begun = System.nanoTime();
    Optional<byte[]> found =
        gpus.work(gpuWork, () -> !stopped && System.nanoTime() - begun < allowedNanos);
    if (found.isPresent()) {
      proof.add(found.get());
    } else if (!stopped) {
      failed = true;
      stopped = true;
      gpus.doubt();
    }
  }

  /** Why it was given up, to follow "The proof". */
  String reason() {
    return failed
        ? "failed on the GPUs: there are fewer, or slower ones"
        : "cost more than 0.5 % of the processors";
  }

  /** Processor time it has cost so far. */
  long spentNanos() {
    return spentNanos.get();
  }

  private void lanes() {
    long[] counted = {THREADS.getCurrentThreadCpuTime()};
    proof.workOn(
        () -> {
          count(counted);
          return !stopped && spentNanos.get() < limitNanos;
        });
    count(counted);
  }

  private void count(long[] counted) {
    long now = THREADS.getCurrentThreadCpuTime();
    spentNanos.addAndGet(now - counted[0]);
    counted[0] = now;
  }
}

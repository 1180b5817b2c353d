package ai.ratio1.heartbeat.internal;

import ai.ratio1.outcome.capability.GpuWork;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The graphics processors of this machine that can prove that they are there. */
interface GpuProver {

  /**
   * How many there are. Takes a while when it is asked for the first time.
   *
   * @param wanted no more than these are looked for
   */
  int count(int wanted);

  /**
   * They failed in a proof, or were too slow to count as any: for a week there are none. Whoever
   * claimed them again at once would be doubted in every epoch.
   */
  void doubt();

  /**
   * Works on all graphics processors of a claim at once.
   *
   * @param goOn asked every few milliseconds; once it says no, the work is given up
   * @return checkpoints of eight bytes: processor after processor, group after group; empty when it
   *     was given up, when a device failed or when there are fewer than claimed
   */
  Optional<byte[]> work(GpuWork work, BooleanSupplier goOn) throws InterruptedException;
}

package ai.ratio1.outcome.capability;

import ai.ratio1.wire.CapabilityAnswer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * An answer in the making. As many threads as there are processors call {@link #workOn}; each takes
 * one lane after the other. What graphics processors found is added by {@link #add}. Thread-safe.
 */
public final class CapabilityProof {

  private final CapabilityWork work;
  private final ProofSize size;
  private final byte[] checkpoints;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean complete;

  /** A proof of which nothing is done. */
  public CapabilityProof(CapabilityWork work, ProofSize size) {
    this.work = work;
    this.size = size;
    this.checkpoints = new byte[size.places() * CapabilityAnswer.CHECKPOINT];
    this.complete = size.gpus().places() == 0;
  }

  /**
   * Works until no lane is left.
   *
   * @param goOn asked before every segment; once it says no, the proof is given up
   */
  public void workOn(BooleanSupplier goOn) {
    for (int lane = next.getAndIncrement(); lane < size.lanes(); lane = next.getAndIncrement()) {
      if (!lane(lane, goOn)) {
        return;
      }
      done.incrementAndGet();
    }
  }

  private boolean lane(int lane, BooleanSupplier goOn) {
    int place = lane * size.segments();
    ByteBuffer out = ByteBuffer.wrap(checkpoints);
    long checkpoint = 0;
    for (int segment = 0; segment < size.segments(); segment++, place++) {
      if (!goOn.getAsBoolean()) {
        return false;
      }
      checkpoint = work.segment(lane, segment, checkpoint);
      out.putLong(place * CapabilityAnswer.CHECKPOINT, checkpoint);
    }
    return true;
  }

  /**
   * Adds the work of all graphics processors.
   *
   * @param gpuCheckpoints processor after processor, group after group
   * @throws IllegalArgumentException when it has another size than the claim asks
   */
  public void add(byte[] gpuCheckpoints) {
    int from = size.corePlaces() * CapabilityAnswer.CHECKPOINT;
    if (gpuCheckpoints.length != checkpoints.length - from) {
      throw new IllegalArgumentException("work of another size");
    }
    System.arraycopy(gpuCheckpoints, 0, checkpoints, from, gpuCheckpoints.length);
    complete = true;
  }

  /** The checkpoints; empty unless all of the work is done. */
  public Optional<byte[]> checkpoints() {
    return complete && done.get() == size.lanes()
        ? Optional.of(checkpoints.clone())
        : Optional.empty();
  }
}

package ai.ratio1.capability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.time.Duration;

/**
 * What one oracle found about a node's claim in one epoch.
 *
 * @param epoch the epoch, an unsigned 32-bit number
 * @param node who claims
 * @param claim what it claims
 * @param cores the verdict on what was asked for: processors, and graphics processors where some
 *     are claimed, which are answered for together
 * @param work {@code keccak256} of the checkpoints in the answer; zero without an answer
 * @param delay from the moment this oracle knew the beacon to the arrival of the answer, whole
 *     milliseconds; zero without an answer
 * @param allowed the longest delay for such a machine
 * @param samples how many segments of the answer this oracle computed again; 0 when it had no time
 *     to
 * @param wrongSegment which of them, counted over all lanes, is wrong; −1 for none
 */
public record CapabilityFinding(
    long epoch,
    EvmAddress node,
    CapabilityClaim claim,
    CapabilityVerdict cores,
    Bytes32 work,
    Duration delay,
    Duration allowed,
    int samples,
    int wrongSegment) {

  /**
   * The verdict on one kind. Nobody can prove memory, so a claim of it is {@link
   * CapabilityVerdict#MISSING} its proof.
   */
  public CapabilityVerdict verdict(CapabilityKind kind) {
    return switch (kind) {
      case CORES -> cores;
      case GPU -> claim.gpus() == 0 ? CapabilityVerdict.UNPROVEN : cores;
      case MEMORY ->
          claim.memoryMiB() == 0 ? CapabilityVerdict.UNPROVEN : CapabilityVerdict.MISSING;
    };
  }

  /** Whether anything that is claimed is to be doubted. */
  public boolean isDoubted() {
    return cores.isFlagged() || verdict(CapabilityKind.MEMORY).isFlagged();
  }
}

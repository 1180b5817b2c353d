package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.util.List;

/**
 * Which nodes run a job from an epoch on.
 *
 * @param jobId the job
 * @param fromEpoch the first epoch they run it in
 * @param nodes the nodes, ascending by value, each once; none stops the job for ever
 */
public record Placement(long jobId, long fromEpoch, List<EvmAddress> nodes) {

  /** Copies the list. */
  public Placement {
    nodes = List.copyOf(nodes);
  }
}

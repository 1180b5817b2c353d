package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.util.List;

/**
 * A Merkle proof of what oracles agreed about a node in an epoch.
 *
 * @param row licence and node
 * @param availability A, 0 to 255
 * @param path sibling hashes from the leaf up to the availability root of the epoch's certificate
 */
public record AvailabilityProof(RegistryRow row, int availability, List<Bytes32> path) {

  /** Copies the path. */
  public AvailabilityProof {
    path = List.copyOf(path);
  }
}

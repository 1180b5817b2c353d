package ai.ratio1.consensus;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.RegistryRow;
import java.util.List;

/**
 * In which slots of an epoch an oracle saw a node, with the proof that this is what it committed
 * to.
 *
 * @param epoch the epoch
 * @param row licence and node
 * @param presence the slots
 * @param root the root over the bitmaps of all rows, which the oracle's reveal carries
 * @param path sibling hashes from the leaf up to the root
 */
public record SlotProof(
    long epoch, RegistryRow row, Presence presence, Bytes32 root, List<Bytes32> path) {

  /** Copies the path. */
  public SlotProof {
    path = List.copyOf(path);
  }
}

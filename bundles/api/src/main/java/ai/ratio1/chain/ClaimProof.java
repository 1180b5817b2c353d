package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.util.List;

/**
 * A Merkle proof that a licence has earned what it claims.
 *
 * @param reward the leaf
 * @param epoch the epoch whose certificate recorded the root
 * @param root the cumulative root
 * @param path sibling hashes from the leaf up
 */
public record ClaimProof(CumulativeReward reward, long epoch, Bytes32 root, List<Bytes32> path) {

  /** Copies the path. */
  public ClaimProof {
    path = List.copyOf(path);
  }
}

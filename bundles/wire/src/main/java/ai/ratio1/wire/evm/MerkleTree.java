package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A binary Merkle tree whose inner nodes are keccak256(0x02 ‖ min ‖ max) (consensus.md, section 4,
 * rule 4). Leaves carry domain bytes of their own, so neither can pass for the other. A node
 * without a sibling moves up unchanged. Immutable.
 */
public final class MerkleTree {

  private static final byte[] INNER = {2};

  /** Below this, handing out the work costs more than it saves. */
  private static final int LARGE = 2_048;

  private final List<List<Bytes32>> levels;

  private MerkleTree(List<List<Bytes32>> levels) {
    this.levels = levels;
  }

  /** Builds the tree over leaf hashes in the given order. */
  public static MerkleTree of(List<Bytes32> leaves) {
    return of(leaves.size(), leaves::get);
  }

  /**
   * Builds the tree over so many leaf hashes. A large tree is hashed by all processors.
   *
   * @param leaf the hash at an index from 0; asked once for each, by several threads at a time
   */
  public static MerkleTree of(int leaves, IntFunction<Bytes32> leaf) {
    List<List<Bytes32>> levels = new ArrayList<>();
    List<Bytes32> level = hashes(leaves, leaf);
    levels.add(level);
    while (level.size() > 1) {
      List<Bytes32> below = level;
      level = hashes((below.size() + 1) / 2, i -> parent(below, 2 * i));
      levels.add(level);
    }
    return new MerkleTree(levels);
  }

  /** The root; zero for a tree without leaves, the leaf itself for a tree of one. */
  public Bytes32 root() {
    List<Bytes32> top = levels.get(levels.size() - 1);
    return top.isEmpty() ? Bytes32.ZERO : top.get(0);
  }

  /**
   * The sibling hashes from a leaf up.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public List<Bytes32> proof(int leaf) {
    List<Bytes32> path = new ArrayList<>();
    int index = leaf;
    for (List<Bytes32> level : levels.subList(0, levels.size() - 1)) {
      int sibling = index ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      index /= 2;
    }
    levels.get(0).get(leaf);
    return path;
  }

  /** The root that a leaf and its path lead to. */
  public static Bytes32 rootOf(Bytes32 leaf, List<Bytes32> path) {
    Bytes32 hash = leaf;
    for (Bytes32 sibling : path) {
      hash = inner(hash, sibling);
    }
    return hash;
  }

  private static List<Bytes32> hashes(int count, IntFunction<Bytes32> hash) {
    IntStream indices = IntStream.range(0, count);
    return (count < LARGE ? indices : indices.parallel()).mapToObj(hash).toList();
  }

  private static Bytes32 parent(List<Bytes32> below, int left) {
    return left + 1 < below.size() ? inner(below.get(left), below.get(left + 1)) : below.get(left);
  }

  private static Bytes32 inner(Bytes32 one, Bytes32 other) {
    boolean ordered = one.compareTo(other) <= 0;
    return Keccak256.of(
        INNER, (ordered ? one : other).toArray(), (ordered ? other : one).toArray());
  }
}

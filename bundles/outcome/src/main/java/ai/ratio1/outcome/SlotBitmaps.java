package ai.ratio1.outcome;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.wire.certificate.SlotLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * What one oracle saw of every row of an epoch, slot by slot, committed to by one root. There is a
 * leaf for every row, in their order, also for nodes that were not seen: so nobody can leave a node
 * out unnoticed. Immutable.
 */
public final class SlotBitmaps {

  private final EndedEpoch epoch;
  private final Map<EvmAddress, Presence> seen;
  private final MerkleTree tree;

  private SlotBitmaps(EndedEpoch epoch, Map<EvmAddress, Presence> seen) {
    this.epoch = epoch;
    this.seen = seen;
    this.tree =
        MerkleTree.of(
            epoch.rows().size(),
            row -> SlotLeaf.of(epoch.epoch(), epoch.rows().get(row), presence(row)));
  }

  /**
   * The bitmaps of an epoch.
   *
   * @param seen by node; shared, so do not change it
   */
  public static SlotBitmaps of(EndedEpoch epoch, Map<EvmAddress, Presence> seen) {
    return new SlotBitmaps(epoch, seen);
  }

  /** The root over all rows; zero when there are none. */
  public Bytes32 root() {
    return tree.root();
  }

  /** The slots of a node with their proof; empty when it has no row. */
  public Optional<SlotProof> proof(EvmAddress node) {
    int row = epoch.rowOf(node);
    return row < 0
        ? Optional.empty()
        : Optional.of(
            new SlotProof(
                epoch.epoch(), epoch.rows().get(row), presence(row), root(), tree.proof(row)));
  }

  /** Whether a proof leads to the root it names. */
  public static boolean holds(SlotProof proof) {
    Bytes32 leaf = SlotLeaf.of(proof.epoch(), proof.row(), proof.presence());
    return MerkleTree.rootOf(leaf, proof.path()).equals(proof.root());
  }

  private Presence presence(int row) {
    RegistryRow registered = epoch.rows().get(row);
    Presence presence = seen.get(registered.node());
    return presence == null
        ? new Presence(new BitSet(), epoch.schedule().slots())
        : new Presence(presence.present(), epoch.schedule().slots());
  }
}

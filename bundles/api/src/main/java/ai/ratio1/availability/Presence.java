package ai.ratio1.availability;

import java.util.BitSet;

/**
 * In which slots of an epoch a node was seen.
 *
 * @param present one bit per slot; a private copy
 * @param slots how many slots the epoch has
 */
public record Presence(BitSet present, int slots) {

  /** Copies the bits. */
  public Presence {
    present = (BitSet) present.clone();
  }

  /** The availability byte ⌊255 · present / slots⌋ (consensus.md, section 2). */
  public int value() {
    return 255 * present.cardinality() / slots;
  }
}

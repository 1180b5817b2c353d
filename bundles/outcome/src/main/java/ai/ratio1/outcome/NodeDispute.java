package ai.ratio1.outcome;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.wire.certificate.SlotLeaf;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.util.List;
import java.util.Optional;

/**
 * A dispute with everything it speaks of, so that somebody else can check it.
 *
 * @param signed what oracles signed about the epoch
 * @param availability what they agreed about the node, with its proof
 * @param claimed the slots in which the node says the broker took its beats, if it says so
 * @param received what oracles serve of what they received
 * @param dispute what the node says
 * @param signature its signature, 65 bytes r, s, v; shared, so do not change it
 */
public record NodeDispute(
    SignedEpoch signed,
    AvailabilityProof availability,
    Optional<Presence> claimed,
    List<Received> received,
    Dispute dispute,
    byte[] signature) {

  /**
   * What one oracle serves.
   *
   * @param oracle which
   * @param slots when it saw the node, and the proof against what it revealed
   */
  public record Received(EvmAddress oracle, SlotProof slots) {}

  /** Copies the list. */
  public NodeDispute {
    received = List.copyOf(received);
  }

  /** {@link Dispute#claimed()} of a bitmap. */
  public static Bytes32 claimed(Optional<Presence> sent) {
    return sent.map(slots -> Keccak256.of(SlotLeaf.bitmap(slots))).orElse(Bytes32.ZERO);
  }

  /** {@link Dispute#received()}: keccak256 over the words (oracle, root, keccak256(bitmap)). */
  public static Bytes32 received(List<Received> received) {
    AbiWords words = new AbiWords();
    for (Received one : received) {
      words
          .address(one.oracle())
          .bytes32(one.slots().root())
          .bytes32(Keccak256.of(SlotLeaf.bitmap(one.slots().presence())));
    }
    return words.hash();
  }
}

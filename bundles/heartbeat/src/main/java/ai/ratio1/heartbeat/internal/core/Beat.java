package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The outer fields of a heartbeat, as they were written: nothing of it is proven before the
 * signature.
 *
 * @param message the whole message, as the signature covers it
 * @param sender the address text that signed
 * @param alias the name the node gives itself
 * @param sentAt the time in it
 * @param sequence its number
 * @param instance the running process; genuine nodes do not name one
 * @param binding the epoch it is bound to; genuine nodes do not bind beats
 * @param chain the anchor of a hash chain for that epoch; genuine nodes have none
 */
record Beat(
    ObjectNode message,
    String sender,
    String alias,
    Instant sentAt,
    long sequence,
    Optional<String> instance,
    Optional<Binding> binding,
    Optional<Chain> chain) {

  /** Field with the epoch whose beacon the beat carries. */
  static final String EPOCH = "R1_EPOCH";

  /** Field with the beacon. */
  static final String BEACON = "R1_BEACON";

  /** Field with the identifier of the running process. */
  static final String INSTANCE = "R1_INSTANCE";

  /** Field with the anchor of the sender's hash chain of the epoch. */
  static final String ANCHOR = "R1_ANCHOR";

  /** Field with the number of its links. */
  static final String ANCHOR_LENGTH = "R1_ANCHOR_LENGTH";

  /** Field with the sender's EIP-712 signature of the anchor. */
  static final String ANCHOR_SIGNATURE = "R1_ANCHOR_SIGNATURE";

  /**
   * The anchor of a hash chain; epoch and beacon are those of the binding.
   *
   * @param anchor h^N(x)
   * @param length N
   * @param signature 65 bytes r, s, v; shared, so do not change it
   */
  record Chain(Bytes32 anchor, int length, byte[] signature) {}

  /** The anchor as its node signed it, if the beat carries one. */
  Optional<SignedAnchor> anchor(EvmAddress node) {
    return chain.flatMap(
        known ->
            binding.map(
                bound ->
                    new SignedAnchor(
                        new BeatAnchor(
                            bound.epoch(), node, known.anchor(), known.length(), bound.beacon()),
                        known.signature())));
  }

  /**
   * Proof that a beat was not made long before its epoch.
   *
   * @param epoch an epoch
   * @param beacon its beacon
   */
  record Binding(long epoch, Bytes32 beacon) {}
}

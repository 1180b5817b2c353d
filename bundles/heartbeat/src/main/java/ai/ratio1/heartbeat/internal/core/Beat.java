package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
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
 */
record Beat(
    ObjectNode message,
    String sender,
    String alias,
    Instant sentAt,
    long sequence,
    Optional<String> instance,
    Optional<Binding> binding) {

  /** Field with the epoch whose beacon the beat carries. */
  static final String EPOCH = "R1_EPOCH";

  /** Field with the beacon. */
  static final String BEACON = "R1_BEACON";

  /** Field with the identifier of the running process. */
  static final String INSTANCE = "R1_INSTANCE";

  /**
   * Proof that a beat was not made long before its epoch.
   *
   * @param epoch an epoch
   * @param beacon its beacon
   */
  record Binding(long epoch, Bytes32 beacon) {}
}

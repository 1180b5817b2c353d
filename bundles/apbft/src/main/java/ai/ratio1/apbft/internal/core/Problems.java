package ai.ratio1.apbft.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;

/** Failures of the engine that an operator should know (docs/reference/errors/apbft.md). */
public final class Problems {

  /** The round cannot be opened as it is. */
  public static final ErrorCode ROUND = new ErrorCode("R1-APBFT-004");

  /** The epoch was opened under another configuration before. */
  public static final ErrorCode RECONFIGURED = new ErrorCode("R1-APBFT-005");

  /** The outcome function contradicts its inputs. */
  public static final ErrorCode OUTCOME = new ErrorCode("R1-APBFT-006");

  /** Two certificates for different outcomes of one epoch. */
  public static final ErrorCode CONFLICT = new ErrorCode("R1-APBFT-007");

  /** As many slots are open as may be. */
  public static final ErrorCode TOO_MANY_SLOTS = new ErrorCode("R1-APBFT-012");

  private Problems() {}

  /** As many slots are open as may be. */
  public static R1Exception tooManySlots() {
    return new R1Exception(
        TOO_MANY_SLOTS,
        Decisions.MAX_OPEN + " slots wait for a decision already; no more are opened.",
        "Leave slots that nobody needs, or wait for a decision.");
  }

  static R1Exception reconfigured(Slot slot) {
    return new R1Exception(
        RECONFIGURED,
        text(slot) + " was opened under another configuration before; the first one stands.",
        "Let the oracles of that configuration decide it.");
  }

  static R1Exception conflict(Slot slot) {
    return new R1Exception(
        CONFLICT,
        "Two certificates exist for different values of " + text(slot) + "; the first stands.",
        "A third or more of the oracles are faulty: act on nothing and inform governance.");
  }

  private static String text(Slot slot) {
    return "slot " + slot.sequence() + " of topic " + slot.topic().toHex();
  }

  static R1Exception round(String what) {
    return new R1Exception(
        ROUND, "The epoch cannot be opened: " + what + ".", "Check the oracle set on the chain.");
  }

  static R1Exception reconfigured(long epoch) {
    return new R1Exception(
        RECONFIGURED,
        "Epoch " + epoch + " was opened under another configuration before; the first one stands.",
        "Check which controller and network this node's data belong to.");
  }

  static R1Exception outcome(String what) {
    return new R1Exception(
        OUTCOME,
        "The outcome that was computed " + what + "; this oracle does not vote for it.",
        "Compare the versions of the oracles and report this.");
  }

  static R1Exception conflict(long epoch) {
    return new R1Exception(
        CONFLICT,
        "Two certificates exist for different outcomes of epoch " + epoch + "; the first stands.",
        "A third or more of the oracles are faulty: stop claims and inform governance.");
  }
}

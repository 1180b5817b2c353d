package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.ErrorCode;
import java.util.Locale;

/** Why a proof of capability was not looked at, in the order in which it is checked. */
public enum ProofRefusal {
  /** No proof inside the limits. */
  UNREADABLE("R1-HEARTBEAT-201", "not a proof"),
  /** The sender has no active licence, or too many unknown ones came in this second. */
  UNLICENSED("R1-HEARTBEAT-202", "from a node without an active licence"),
  /** Not of the running epoch. */
  EPOCH("R1-HEARTBEAT-203", "of another epoch"),
  /** Its node sent too many in this epoch, or has answered. */
  REPEATED("R1-HEARTBEAT-204", "one too many"),
  /** Too much waits to be looked at. */
  OVERLOAD("R1-HEARTBEAT-205", "more than this oracle can keep"),
  /** It carries another beacon than that of the epoch. */
  BEACON("R1-HEARTBEAT-206", "bound to another epoch or network"),
  /** This release does not know the profile. */
  PROFILE("R1-HEARTBEAT-207", "for a profile that is not known here"),
  /** The node claimed something else before. */
  CLAIM_CHANGED("R1-HEARTBEAT-208", "for another claim than before"),
  /** It has another number of checkpoints than its claim asks. */
  INCOMPLETE("R1-HEARTBEAT-209", "not of the size that its claim asks"),
  /** Its signature does not verify. */
  FORGED("R1-HEARTBEAT-210", "not signed by its sender");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String text;

  ProofRefusal(String code, String text) {
    this.code = new ErrorCode(code);
    this.text = text;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** What is wrong with the proof, to follow "The proof is". */
  public String text() {
    return text;
  }

  /** The name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

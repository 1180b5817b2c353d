package ai.ratio1.dauth;

import ai.ratio1.base.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the node got through the boot gate.
 *
 * @param stage where it stands
 * @param reason one sentence for the operator
 * @param code why it was refused, if it was
 * @param nextAttempt when it asks again, if it will
 */
public record BootStatus(
    Stage stage, String reason, Optional<ErrorCode> code, Optional<Instant> nextAttempt) {

  /** Stages of the boot gate. */
  public enum Stage {
    /** Waiting for the chain or for an answer. */
    ASKING,
    /** The session holds. */
    AUTHORISED,
    /** The chain or an oracle said no. */
    REFUSED
  }
}

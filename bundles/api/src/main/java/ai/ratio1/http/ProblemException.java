package ai.ratio1.http;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;

/** A failure with an HTTP status of its own; the server makes it a problem+json answer. */
public final class ProblemException extends R1Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status HTTP status, 400 to 599
   * @param code stable code of this kind of failure
   * @param what what happened, one sentence
   * @param nextStep what the caller can do about it, one sentence
   */
  public ProblemException(int status, ErrorCode code, String what, String nextStep) {
    super(code, what, nextStep);
    this.status = status;
  }

  /** HTTP status of the answer. */
  public int status() {
    return status;
  }
}

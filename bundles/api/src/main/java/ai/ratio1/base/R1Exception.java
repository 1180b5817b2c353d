package ai.ratio1.base;

import org.jspecify.annotations.Nullable;

/**
 * The one family of failures the appliance raises: a stable code, what happened, and what to do.
 * The message never holds a secret.
 */
public class R1Exception extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final String nextStep;

  /**
   * A failure without a deeper cause.
   *
   * @param code stable code of this kind of failure
   * @param what what happened, one sentence
   * @param nextStep what the operator or caller can do about it, one sentence
   */
  public R1Exception(ErrorCode code, String what, String nextStep) {
    this(code, what, nextStep, null);
  }

  /**
   * A failure caused by another.
   *
   * @param code stable code of this kind of failure
   * @param what what happened, one sentence
   * @param nextStep what the operator or caller can do about it, one sentence
   * @param cause the failure below, or null
   */
  public R1Exception(ErrorCode code, String what, String nextStep, @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.nextStep = nextStep;
  }

  /** Stable code of this kind of failure. */
  public ErrorCode code() {
    return code;
  }

  /** What the operator or caller can do about it, one sentence. */
  public String nextStep() {
    return nextStep;
  }

  /** Code, what happened and the next step in one line, for logs and terminals. */
  public String describe() {
    return code + ": " + getMessage() + " " + nextStep;
  }
}

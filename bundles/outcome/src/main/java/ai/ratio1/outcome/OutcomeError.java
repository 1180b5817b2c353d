package ai.ratio1.outcome;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;

/** Stable codes of this library (docs/reference/errors/outcome.md). */
enum OutcomeError {
  /** A file is no artefacts of an epoch. */
  NO_ARTEFACTS("R1-OUTCOME-001", "Export them again: r1 epoch export."),
  /** A file is no dispute. */
  NO_DISPUTE("R1-OUTCOME-002", "Ask its author for the file that r1 epoch explain wrote.");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String nextStep;

  OutcomeError(String code, String nextStep) {
    this.code = new ErrorCode(code);
    this.nextStep = nextStep;
  }

  R1Exception because(String what, Throwable cause) {
    return new R1Exception(code, what, nextStep, cause);
  }
}

package ai.ratio1.rest.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.ProblemException;

/** Why the REST face has no answer. */
public enum RestError {
  /** A parameter or path is malformed. */
  BAD_REQUEST(400, 101, "Correct the request; /openapi.json says what is expected."),
  /** Only oracles know. */
  NO_ORACLE(404, 102, "Ask an oracle: ./r1 status shows which nodes are."),
  /** Nothing is known of the epoch. */
  UNKNOWN_EPOCH(404, 103, "See /v1/epochs for those that are known."),
  /** The licence has earned nothing that is recorded. */
  NO_CLAIM(404, 104, "Wait for an epoch in which its node was available to be recorded."),
  /** A part of the node is not there. */
  MISSING(503, 105, "Wait a moment; /v1/status shows what is missing."),
  /** There is nothing at this path. */
  NOTHING_HERE(404, 106, "See /openapi.json for what there is."),
  /** The epoch is not certified here, a table is missing, or it is forgotten. */
  NO_ARTEFACTS(404, 107, "Ask another oracle; one that saw the epoch through has them."),
  /** The node has no row in the epoch, it has not ended, or it is forgotten. */
  NO_SLOTS(404, 108, "Ask when the epoch has ended; /v1/epochs/{epoch} has its rows."),
  /** The node claimed nothing in the epoch, or this oracle has forgotten. */
  NO_CAPABILITY(404, 109, "Ask another oracle, or about a newer epoch.");

  private final int status;
  private final String code;
  private final String nextStep;

  RestError(int status, int number, String nextStep) {
    this.status = status;
    this.code = "R1-REST-" + number;
    this.nextStep = nextStep;
  }

  /** A problem of this kind. */
  public ProblemException because(String what) {
    return new ProblemException(status, new ErrorCode(code), what, nextStep);
  }
}

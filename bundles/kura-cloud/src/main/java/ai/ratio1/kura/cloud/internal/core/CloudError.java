package ai.ratio1.kura.cloud.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.ProblemException;

/** What can go wrong with a cloud (docs/reference/errors/kura.md). */
public enum CloudError {
  /** The settings of the figures cannot be used. */
  BAD_SETTING(400, "031", "Correct it; until then the last good settings stay."),
  /** The cloud did not take a message. */
  NOT_PUBLISHED(500, "032", "See the cloud connection in the web admin; it is tried again."),
  /** A registry of requests refused the node's commands. */
  NOT_REGISTERED(500, "033", "Find out who has this application id, and start the bundle again."),
  /** The platform has no such cloud connections as the node was made for. */
  NOT_SHOWN(500, "034", "Look at the page of the node, or at its doors; nothing else is missing."),
  /** The door has no such part. */
  NOTHING_BELOW(404, "136", "Ask for /v1/bundles."),
  /** The command has no such form. */
  BAD_COMMAND(400, "131", "Send GET status, GET check, or GET epochs and a number."),
  /** Only GET is served: what changes something or spends money is done on the node. */
  READ_ONLY(400, "132", "Send GET; do anything else on the gateway."),
  /** The part that knows is not there. */
  AWAY(500, "133", "Send GET check: it names the bundles that do not run."),
  /** The answer is longer than a message may be. */
  TOO_LARGE(500, "134", "Ask on the gateway, by REST."),
  /** The node failed. */
  FAILED(500, "135", "See the gateway's log.");

  private final int status;
  private final String code;
  private final String nextStep;

  CloudError(int status, String number, String nextStep) {
    this.status = status;
    this.code = "R1-KURA-" + number;
    this.nextStep = nextStep;
  }

  /** A failure of this kind. */
  public R1Exception because(String what) {
    return new ProblemException(status, new ErrorCode(code), what, nextStep);
  }
}

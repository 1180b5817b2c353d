package ai.ratio1.http.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.ProblemException;

/** Why the server refuses a request by itself, before or after a door was asked. */
enum HttpError {
  MALFORMED(400, 101, "The request is malformed.", "Check the address and its query."),
  PATH_TOO_LONG(414, 102, "The path is too long.", "Shorten it."),
  BODY_TOO_LARGE(413, 103, "The body is too large.", "Send less."),
  TOO_SLOW(408, 104, "The body did not arrive in time.", "Send it faster."),
  UNKNOWN_PATH(404, 105, "Nothing is here.", "See /openapi.json for what there is."),
  WRONG_METHOD(405, 106, "This method is not served here.", "Use one that the Allow header names."),
  NOT_LOCAL(
      403, 107, "Only callers on this machine may ask this.", "Ask on the node, by loopback."),
  NO_TOKEN(
      401,
      108,
      "The operator token is needed.",
      "Send the token of http/operator.token as Bearer."),
  BUSY(503, 109, "Too many requests are being answered.", "Try again in a second."),
  TOO_OFTEN(429, 110, "You ask too often.", "Wait and ask less often."),
  INTERNAL(500, 111, "The node failed to answer.", "See its log.");

  private final int status;
  private final String code;
  private final String what;
  private final String nextStep;

  HttpError(int status, int number, String what, String nextStep) {
    this.status = status;
    this.code = "R1-HTTP-" + number;
    this.what = what;
    this.nextStep = nextStep;
  }

  ProblemException problem() {
    return new ProblemException(status, new ErrorCode(code), what, nextStep);
  }
}

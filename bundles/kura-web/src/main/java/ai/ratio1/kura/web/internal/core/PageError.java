package ai.ratio1.kura.web.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.ProblemException;

/** Why the page gets no answer (docs/reference/errors/kura.md). */
enum PageError {
  NOTHING_HERE(404, 121, "The page has no such part.", "Reload the page."),
  READ_ONLY(405, 122, "The page is read only.", "Use GET."),
  AWAY(
      503,
      123,
      "The part of the node that knows this does not run.",
      "Call ratio1:check on the gateway's console: it says why."),
  FAILED(500, 124, "The node failed to answer.", "See the gateway's log.");

  private final int status;
  private final String code;
  private final String what;
  private final String nextStep;

  PageError(int status, int number, String what, String nextStep) {
    this.status = status;
    this.code = "R1-KURA-" + number;
    this.what = what;
    this.nextStep = nextStep;
  }

  ProblemException problem() {
    return new ProblemException(status, new ErrorCode(code), what, nextStep);
  }
}

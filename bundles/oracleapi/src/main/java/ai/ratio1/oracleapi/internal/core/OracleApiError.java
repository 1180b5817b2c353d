package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.ProblemException;

/** Why the oracle interface has no answer (docs/reference/errors/oracleapi.md). */
public enum OracleApiError {
  /** A setting is not usable. */
  CONFIGURATION(500, "001", "Correct the setting; until then the last good configuration stays."),
  /** No address is given. Genuine servers say 500 to this, and clients know it by its text. */
  NO_ADDRESS(500, "101", "Add eth_node_addr=0x… or node_addr=0xai_…."),
  /** An address is none. */
  BAD_ADDRESS(500, "102", "Give 0x and 40 hexadecimal digits, or 0xai_ and 44 characters."),
  /** A parameter is missing or no number. */
  BAD_PARAMETER(422, "103", "Give whole numbers; docs/reference/oracle-api.md lists them."),
  /** The body of a request is not what it has to be. */
  BAD_BODY(500, "104", "Send {\"dct_eth_nodes_request\": {\"0x…\": [first, last]}}."),
  /** The range has epochs that are not over, or not kept any more. Said inside a signed answer. */
  NO_EPOCHS(200, "105", "Ask for epochs up to server_last_synced_epoch."),
  /** Nobody with this EVM address was ever seen. Said inside a signed answer. */
  UNKNOWN_NODE(200, "106", "Check the address; the node may not have beaten yet."),
  /** The network is too young for statistics. Said inside a signed answer. */
  NO_STATISTICS(200, "107", "Wait for the second epoch to be over."),
  /** A part of the oracle is not there. */
  NOT_READY(503, "108", "Wait a moment, or ask another oracle."),
  /** There is nothing below a path. */
  NOTHING_HERE(404, "109", "See docs/reference/oracle-api.md for what there is.");

  private final int status;
  private final String code;
  private final String nextStep;

  OracleApiError(int status, String number, String nextStep) {
    this.status = status;
    this.code = "R1-ORACLEAPI-" + number;
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return new ErrorCode(code);
  }

  /** A problem of this kind. */
  public ProblemException because(String what) {
    return new ProblemException(status, code(), what, nextStep);
  }
}

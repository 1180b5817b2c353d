package ai.ratio1.wire;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.identity.NodeIdentity;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the web interface of an oracle answers (protocol dossier, section 7.7): around it the same
 * as a {@link DAuthAnswer}, and {@code result} signed as a whole.
 */
public final class OracleAnswer {

  private static final String RESULT = "result";
  private static final String ERROR = "error";
  private static final String CODE = "code";

  private OracleAnswer() {}

  /**
   * An answer.
   *
   * @param server who answers, now
   * @param lastSyncedEpoch the newest epoch it knows the agreed bytes of
   * @param result what was asked for; gains the server's fields and the signature
   */
  public static ObjectNode compose(
      DAuthAnswer.Server server, long lastSyncedEpoch, ObjectNode result, NodeIdentity signer) {
    DAuthAnswer.describe(server, result);
    result.put("server_last_synced_epoch", lastSyncedEpoch);
    ObjectNode document = DAuthAnswer.outside(server);
    document.set(RESULT, SignedMessage.sign(result, signer));
    return document;
  }

  /**
   * What a genuine server answers to a request it cannot serve at all; nobody signs it. Ours say
   * the same as a code for good.
   *
   * @param status the HTTP status of the answer
   */
  public static ObjectNode refusal(
      DAuthAnswer.Server server, String error, int status, ErrorCode code) {
    ObjectNode detail = DAuthAnswer.outside(server);
    detail.put(ERROR, error).put("status_code", status).put("logged", true);
    detail.put(CODE, code.text());
    ObjectNode document = Json.object();
    document.set("detail", detail);
    return document;
  }

  /** Says in a result why it has less than was asked for; genuine servers send no code. */
  public static ObjectNode putError(ObjectNode result, String error, ErrorCode code) {
    return result.put(ERROR, error).put(CODE, code.text());
  }
}

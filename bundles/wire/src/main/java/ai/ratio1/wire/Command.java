package ai.ratio1.wire;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Sealer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A command to one node, published on its config topic (protocol dossier, section 8.1).
 *
 * @param node whom it is for
 * @param action what to do
 * @param payload with what
 * @param session the client's session, echoed in every answer
 * @param initiator the client's alias, echoed in every answer
 */
public record Command(
    NodeAddress node, String action, JsonNode payload, String session, String initiator) {

  private static final String ACTION = "ACTION";
  private static final String PAYLOAD = "PAYLOAD";
  private static final String TIME = "TIME";

  /** The message in the clear, to be signed. */
  public ObjectNode compose(Instant at) {
    return frame(at).put(Envelope.ENCRYPTED, false).setAll(content());
  }

  /** The message that only the node can read, to be signed. */
  public ObjectNode seal(Instant at, Sealer sealer) {
    return frame(at)
        .put(Envelope.ENCRYPTED, true)
        .put(Envelope.ENCRYPTED_DATA, sealer.seal(CanonicalJson.text(content()), node));
  }

  private ObjectNode content() {
    return Json.object().put(ACTION, action).set(PAYLOAD, payload);
  }

  private ObjectNode frame(Instant at) {
    return Json.object()
        .put(Envelope.ALIAS, node.text())
        .put(Envelope.DESTINATION, node.text())
        .put(Envelope.SESSION_ID, session)
        .put(Envelope.INITIATOR_ID, initiator)
        .put(TIME, WireTime.micros(at));
  }
}

package ai.ratio1.wire;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Sealer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Messages whose content only the receivers can read: outside remain the fields that route, the
 * complete message is the sealed text (protocol dossier, section 3.4).
 */
public final class SealedEnvelope {

  private static final List<String> OUTSIDE =
      List.of(
          Envelope.EVENT,
          Envelope.MESSAGE_ID,
          Envelope.PATH,
          Envelope.TIMESTAMP,
          Envelope.TIMEZONE,
          Envelope.ZONE_NAME,
          Envelope.VERSION,
          Envelope.IMPLEMENTATION,
          Envelope.SESSION_ID,
          Envelope.INITIATOR_ID,
          Envelope.INITIATOR_ADDRESS,
          Envelope.MODIFIED_BY_ID,
          Envelope.MODIFIED_BY_ADDRESS);

  private SealedEnvelope() {}

  /**
   * Seals a message for its receivers.
   *
   * @param message as {@link Envelope} composed it, not yet signed
   * @param receivers at least one
   * @return the outer message, to be signed
   */
  public static ObjectNode seal(ObjectNode message, List<NodeAddress> receivers, Sealer sealer) {
    ObjectNode inner = message.deepCopy();
    ObjectNode outer = Json.object();
    for (String name : OUTSIDE) {
      JsonNode field = message.get(name);
      if (field != null) {
        outer.set(name, field);
      }
    }
    ArrayNode destination = Json.array();
    receivers.forEach(receiver -> destination.add(receiver.text()));
    for (ObjectNode each : List.of(inner, outer)) {
      each.set(Envelope.DESTINATION, destination);
      each.put(Envelope.ENCRYPTED, true);
    }
    return outer.put(Envelope.ENCRYPTED_DATA, sealer.seal(CanonicalJson.text(inner), receivers));
  }

  /**
   * Opens a sealed message whose signature was checked.
   *
   * @param sender who signed the outer message
   * @return the content; empty when it is not for this node, was tampered with or breaks a limit
   */
  public static Optional<ObjectNode> open(
      ObjectNode outer, NodeAddress sender, Sealer sealer, Json json) {
    String sealed = outer.path(Envelope.ENCRYPTED_DATA).textValue();
    if (sealed == null) {
      return Optional.empty();
    }
    return sealer.open(sealed, sender).flatMap(text -> parse(text, json));
  }

  private static Optional<ObjectNode> parse(String text, Json json) {
    try {
      return Optional.of(json.parseObject(text));
    } catch (R1Exception e) {
      return Optional.empty();
    }
  }
}

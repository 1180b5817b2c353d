package ai.ratio1.wire;

import ai.ratio1.identity.NodeAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads the envelope of a message. Answers empty for what is missing or malformed; believes
 * nothing, so check the signature first.
 *
 * @param message as it was parsed
 */
public record ReceivedEnvelope(ObjectNode message) {

  /** Kind of the message. */
  public Optional<Envelope.Event> event() {
    String name = message.path(Envelope.EVENT).textValue();
    for (Envelope.Event event : Envelope.Event.values()) {
      if (event.name().equals(name)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  /** When the sender says it sent: its local time less its offset; no offset means UTC. */
  public Optional<Instant> sentAt() {
    String time = message.path(Envelope.TIMESTAMP).textValue();
    JsonNode zone = message.path(Envelope.TIMEZONE);
    OptionalInt hours =
        zone.isMissingNode() || zone.isNull()
            ? OptionalInt.of(0)
            : WireTime.zoneHours(zone.asText());
    return time == null || hours.isEmpty()
        ? Optional.empty()
        : WireTime.parse(time, hours.getAsInt());
  }

  /** Number of the message in its stream. */
  public OptionalLong sequence() {
    JsonNode sequence = message.path(Envelope.SEQUENCE);
    return sequence.isIntegralNumber() && sequence.canConvertToLong()
        ? OptionalLong.of(sequence.longValue())
        : OptionalLong.empty();
  }

  /** Where in its node the message comes from. */
  public PayloadPath path() {
    return PayloadPath.read(message.path(Envelope.PATH));
  }

  /** Whom the message is for, as written; empty means everybody. */
  public List<String> destinations() {
    JsonNode field = message.path(Envelope.DESTINATION);
    List<String> texts = new ArrayList<>();
    if (field.isTextual()) {
      texts.add(field.textValue());
    }
    if (field.isArray()) {
      field.forEach(
          item -> {
            if (item.isTextual()) {
              texts.add(item.textValue());
            }
          });
    }
    return List.copyOf(texts);
  }

  /** Whether the message is for this node: named by address or alias, or nobody is named. */
  public boolean isFor(NodeAddress address, String alias) {
    List<String> destinations = destinations();
    return destinations.isEmpty()
        || destinations.contains(address.text())
        || destinations.contains(alias);
  }

  /** Whether the content is sealed. */
  public boolean isSealed() {
    return message.path(Envelope.ENCRYPTED).booleanValue();
  }

  /** A text field of the message. */
  public Optional<String> text(String field) {
    return Optional.ofNullable(message.path(field).textValue());
  }
}

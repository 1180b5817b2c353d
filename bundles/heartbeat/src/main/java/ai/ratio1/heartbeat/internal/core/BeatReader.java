package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.Envelope;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.ReceivedEnvelope;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the outer fields of a heartbeat inside limits; the status stays packed. */
final class BeatReader {

  private static final int LONGEST_ALIAS = 64;
  private static final Pattern BEACON = Pattern.compile("0x[0-9a-f]{64}");
  private static final Pattern SIGNATURE = Pattern.compile("0x[0-9a-f]{130}");
  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  // A status in the old format lies open in the body: deeper, and with more fields than ours.
  private static final int DEPTH = 16;
  private static final int TOKENS = 20_000;

  private final Json json;

  BeatReader(int payloadLimit) {
    this.json = new Json(new JsonLimits(payloadLimit, DEPTH, 256, payloadLimit, 64, TOKENS));
  }

  /** The beat; empty when it is no readable heartbeat. */
  Optional<Beat> read(byte[] payload) {
    try {
      return read(json.parseObject(payload));
    } catch (R1Exception e) {
      return Optional.empty();
    }
  }

  private static Optional<Beat> read(ObjectNode message) {
    ReceivedEnvelope envelope = new ReceivedEnvelope(message);
    Optional<String> sender = envelope.text(SignedMessage.SENDER);
    Optional<Instant> sentAt = envelope.sentAt();
    OptionalLong sequence = envelope.sequence();
    if (sender.isEmpty()
        || sentAt.isEmpty()
        || sequence.isEmpty()
        || envelope.event().filter(Envelope.Event.HEARTBEAT::equals).isEmpty()) {
      return Optional.empty();
    }
    JsonNode instance = message.path(Beat.INSTANCE);
    JsonNode epoch = message.path(Beat.EPOCH);
    JsonNode beacon = message.path(Beat.BEACON);
    boolean bound = !epoch.isMissingNode() || !beacon.isMissingNode();
    boolean wellFormed =
        (instance.isMissingNode() || matches(INSTANCE, instance))
            && (!bound || isBinding(epoch, beacon))
            && (!isAnchored(message) || (bound && isAnchor(message)));
    if (!wellFormed) {
      return Optional.empty();
    }
    String alias = envelope.text(Envelope.ALIAS).orElse("");
    return Optional.of(
        new Beat(
            message,
            sender.get(),
            alias.substring(0, Math.min(LONGEST_ALIAS, alias.length())),
            sentAt.get(),
            sequence.getAsLong(),
            Optional.ofNullable(instance.textValue()),
            bound
                ? Optional.of(new Beat.Binding(epoch.intValue(), Bytes32.parse(beacon.textValue())))
                : Optional.empty(),
            isAnchored(message) ? Optional.of(chain(message)) : Optional.empty()));
  }

  private static boolean isAnchored(ObjectNode message) {
    return message.has(Beat.ANCHOR)
        || message.has(Beat.ANCHOR_LENGTH)
        || message.has(Beat.ANCHOR_SIGNATURE);
  }

  private static boolean isAnchor(ObjectNode message) {
    JsonNode length = message.path(Beat.ANCHOR_LENGTH);
    return matches(BEACON, message.path(Beat.ANCHOR))
        && length.isInt()
        && length.intValue() > 0
        && matches(SIGNATURE, message.path(Beat.ANCHOR_SIGNATURE));
  }

  private static Beat.Chain chain(ObjectNode message) {
    return new Beat.Chain(
        Bytes32.parse(message.path(Beat.ANCHOR).textValue()),
        message.path(Beat.ANCHOR_LENGTH).intValue(),
        HexFormat.of().parseHex(message.path(Beat.ANCHOR_SIGNATURE).textValue().substring(2)));
  }

  private static boolean isBinding(JsonNode epoch, JsonNode beacon) {
    return epoch.isInt() && epoch.intValue() >= 0 && matches(BEACON, beacon);
  }

  private static boolean matches(Pattern pattern, JsonNode field) {
    return field.isTextual() && pattern.matcher(field.textValue()).matches();
  }
}

package ai.ratio1.kura.cloud.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.dauth.Role;
import ai.ratio1.kura.cloud.internal.core.Commands.Reply;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The node in a few lines of text, made of what remote commands say of it. Kura's web admin takes
 * the values for markup, so nothing of them is copied: they consist of words of this class,
 * numbers, times and error codes. What is missing or has another form is unknown.
 */
public final class StatusLines {

  /** What the node does not say. */
  public static final String UNKNOWN = "unknown";

  private static final Json JSON =
      new Json(JsonLimits.DEFAULT.withDocumentBytes(Commands.LONGEST_ANSWER));
  private static final Pattern CODE = Pattern.compile("R1-[A-Z0-9]{1,16}-[0-9]{3}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

  /** In the order in which the web admin sorts them. */
  private static final Map<String, Function<StatusLines, String>> LINES =
      new TreeMap<>(
          Map.of(
              "Broker", StatusLines::broker,
              "Bundles not active", StatusLines::bundles,
              "Chain", StatusLines::chain,
              "Epoch", StatusLines::epoch,
              "Last certified epoch", StatusLines::certified,
              "Service Status", StatusLines::health,
              "Session", StatusLines::session));

  private final JsonNode status;
  private final JsonNode bundles;

  private StatusLines(JsonNode status, JsonNode bundles) {
    this.status = status;
    this.bundles = bundles;
  }

  /** The lines, by their names. */
  public static Map<String, String> of(Commands commands) {
    StatusLines node = new StatusLines(read(commands, "status"), read(commands, "check"));
    Map<String, String> lines = new TreeMap<>();
    LINES.forEach((name, value) -> lines.put(name, value.apply(node)));
    return lines;
  }

  /** The lines of a node that does not answer. */
  public static Map<String, String> unknown() {
    Map<String, String> lines = new TreeMap<>();
    LINES.keySet().forEach(name -> lines.put(name, UNKNOWN));
    return lines;
  }

  private static JsonNode read(Commands commands, String word) {
    Reply reply = commands.get(List.of(word));
    try {
      return reply.code() == 200 ? JSON.parse(reply.body()) : MissingNode.getInstance();
    } catch (R1Exception e) {
      return MissingNode.getInstance();
    }
  }

  private String health() {
    JsonNode ready = status.path("ready");
    if (!ready.isBoolean()) {
      return UNKNOWN;
    }
    if (ready.booleanValue()) {
      return "READY";
    }
    if (status.path("session").isObject()) {
      return "NOT READY: no beat left the node yet";
    }
    String code = text(status.path("boot").path("code"));
    return "NOT READY: no session" + (CODE.matcher(code).matches() ? " (" + code + ")" : "");
  }

  private String session() {
    JsonNode session = status.path("session");
    return session.isNull() ? "none" : since("held", session);
  }

  private String broker() {
    JsonNode connected = status.path("link").path("connected");
    if (!connected.isBoolean()) {
      return UNKNOWN;
    }
    return connected.booleanValue() ? since("connected", status.path("link")) : "not connected";
  }

  private String chain() {
    String chain = number(status.path("chain").path("chainId"));
    String block = number(status.path("chain").path("finalised").path("number"));
    return chain.equals(UNKNOWN) ? UNKNOWN : "chain " + chain + ", finalised block " + block;
  }

  private String epoch() {
    JsonNode epoch = status.path("epoch");
    String number = number(epoch.path("epoch"));
    return number.equals(UNKNOWN)
        ? UNKNOWN
        : number + ", slot " + number(epoch.path("slot")) + " of " + number(epoch.path("slots"));
  }

  private String certified() {
    JsonNode newest = status.path("epoch").path("newestCertified");
    boolean edge = text(status.path("role")).equals(Role.EDGE.name());
    return newest.isNull() && edge ? "oracles know it" : number(newest);
  }

  private String bundles() {
    JsonNode down = bundles.path("down");
    return down.isArray() ? Integer.toString(down.size()) : UNKNOWN;
  }

  private static String since(String word, JsonNode view) {
    try {
      return word + " since " + Instant.parse(text(view.path("since")));
    } catch (DateTimeException e) {
      return UNKNOWN;
    }
  }

  private static String number(JsonNode value) {
    String text = value.isIntegralNumber() ? value.asText() : text(value);
    return NUMBER.matcher(text).matches() ? text : UNKNOWN;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : "";
  }
}

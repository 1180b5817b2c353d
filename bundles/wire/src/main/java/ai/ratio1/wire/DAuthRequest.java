package ai.ratio1.wire;

import ai.ratio1.identity.NodeIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node or client asks a dAuth endpoint (protocol dossier, section 5.1). Genuine peers send
 * neither time nor instance; our oracles need both to refuse replays and second boots of one key.
 *
 * @param nonce random text, single-use
 * @param alias name of the asker
 * @param appVersion version of the node application; nodes have it
 * @param sdkVersion version of the client library; all have it
 * @param coreVersion version of the core; nodes have it
 * @param timestamp when it was made, {@code timestamp} on the wire, ISO-8601 in UTC
 * @param instance identifies the running process, {@code instance} on the wire
 */
public record DAuthRequest(
    String nonce,
    String alias,
    Optional<String> appVersion,
    Optional<String> sdkVersion,
    Optional<String> coreVersion,
    Optional<Instant> timestamp,
    Optional<String> instance) {

  /** What genuine clients without an alias call themselves. */
  public static final String DEFAULT_ALIAS = "direct-call";

  private static final String BODY = "body";
  private static final String NONCE = "nonce";
  private static final String ALIAS = "sender_alias";
  private static final String APP_VERSION = "sender_app_ver";
  private static final String SDK_VERSION = "sender_sdk_ver";
  private static final String CORE_VERSION = "sender_core_ver";
  private static final String TIMESTAMP = "timestamp";
  private static final String INSTANCE = "instance";
  private static final int LONGEST_TEXT = 256;

  /** The document to post: {@code {"body": …}} with the signed request. */
  public ObjectNode compose(NodeIdentity signer) {
    ObjectNode body = Json.object();
    body.put(NONCE, nonce);
    body.put(APP_VERSION, appVersion.orElse(null));
    body.put(SDK_VERSION, sdkVersion.orElse(null));
    body.put(CORE_VERSION, coreVersion.orElse(null));
    body.put(ALIAS, alias);
    timestamp.ifPresent(time -> body.put(TIMESTAMP, time.toString()));
    instance.ifPresent(text -> body.put(INSTANCE, text));
    return Json.object().set(BODY, SignedMessage.sign(body, signer));
  }

  /**
   * The signed part of a posted document; verify it with {@link SignedMessage#verify} as it is.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-031 when there is none
   */
  public static ObjectNode body(ObjectNode document) {
    if (document.get(BODY) instanceof ObjectNode body) {
      return body;
    }
    throw WireError.BAD_FIELD.refuse("The request has no object \"body\".");
  }

  /**
   * Reads the fields of a signed part. Missing fields of genuine requests are taken as genuine
   * servers take them.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-031 for a field of another type, an unreadable time
   *     or a text of more than 256 characters
   */
  public static DAuthRequest read(ObjectNode body) {
    return new DAuthRequest(
        text(body, NONCE).orElse(""),
        text(body, ALIAS).orElse(DEFAULT_ALIAS),
        text(body, APP_VERSION),
        text(body, SDK_VERSION),
        text(body, CORE_VERSION),
        text(body, TIMESTAMP).map(DAuthRequest::time),
        text(body, INSTANCE));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw WireError.BAD_FIELD.refuse("The request's timestamp is not ISO-8601 in UTC.", e);
    }
  }

  private static Optional<String> text(ObjectNode body, String name) {
    JsonNode field = body.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return Optional.empty();
    }
    if (!field.isTextual() || field.textValue().length() > LONGEST_TEXT) {
      throw WireError.BAD_FIELD.refuse("The request's field " + name + " is no short text.");
    }
    return Optional.of(field.textValue());
  }
}

package ai.ratio1.wire;

import ai.ratio1.identity.NodeAddress;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Puts the fields of the genuine envelope around a body (protocol dossier, section 3.4). Every
 * field is there from the start with its neutral value; the methods replace it. Not thread-safe.
 *
 * <p>Sign the result with {@link SignedMessage#sign} as the last step.
 */
public final class Envelope {

  /** Kinds of messages. Commands have no kind: see {@link Command}. */
  public enum Event {
    /** Data of a plug-in. */
    PAYLOAD,
    /** Something an operator or client may want to know. */
    NOTIFICATION,
    /** Proof of life. */
    HEARTBEAT
  }

  /**
   * Who sends.
   *
   * @param address the node's address
   * @param alias the name it gives itself, at most 20 characters on genuine nodes
   * @param version version of the application
   */
  public record Author(NodeAddress address, String alias, String version) {}

  /** Field with the sender's local time. */
  public static final String TIMESTAMP = "EE_TIMESTAMP";

  /** Field with the sender's offset from UTC. */
  public static final String TIMEZONE = "EE_TIMEZONE";

  /** Field with the name of the sender's zone. */
  public static final String ZONE_NAME = "EE_TZ";

  /** Field with the number of the message in its stream. */
  public static final String SEQUENCE = "EE_MESSAGE_SEQ";

  /** Field with the number of all messages of the sender. */
  public static final String TOTAL = "EE_TOTAL_MESSAGES";

  /** Field with the random identifier of the message. */
  public static final String MESSAGE_ID = "EE_MESSAGE_ID";

  /** Field with the sender's address, as it claims it. */
  public static final String ADDRESS = "EE_ADDR";

  /** Field with the sender's alias; of commands: whom they are for. */
  public static final String ALIAS = "EE_ID";

  /** Field with the {@link Event}. */
  public static final String EVENT = "EE_EVENT_TYPE";

  /** Field with the version of the application. */
  public static final String VERSION = "EE_VERSION";

  /** Field with the formatter; null is the identity. */
  public static final String FORMATTER = "EE_FORMATTER";

  /** Field with the formatter's old name. */
  public static final String IMPLEMENTATION = "SB_IMPLEMENTATION";

  /** Field with the {@link PayloadPath}. */
  public static final String PATH = "EE_PAYLOAD_PATH";

  /** Field that says whether the content is sealed. */
  public static final String ENCRYPTED = "EE_IS_ENCRYPTED";

  /** Field with the sealed content. */
  public static final String ENCRYPTED_DATA = "EE_ENCRYPTED_DATA";

  /** Field with the receivers; absent means everybody. */
  public static final String DESTINATION = "EE_DEST";

  /** Field with a compressed body. */
  public static final String ENCODED_DATA = "ENCODED_DATA";

  /** Field with the client's session. */
  public static final String SESSION_ID = "SESSION_ID";

  /** Field with the alias of whoever started the pipeline. */
  public static final String INITIATOR_ID = "INITIATOR_ID";

  /** Field with the address of whoever started the pipeline. */
  public static final String INITIATOR_ADDRESS = "INITIATOR_ADDR";

  /** Field with the alias of whoever changed the pipeline last. */
  public static final String MODIFIED_BY_ID = "MODIFIED_BY_ID";

  /** Field with the address of whoever changed the pipeline last. */
  public static final String MODIFIED_BY_ADDRESS = "MODIFIED_BY_ADDR";

  private static final List<String> NULL_FIELDS =
      List.of(
          FORMATTER,
          IMPLEMENTATION,
          SESSION_ID,
          INITIATOR_ID,
          INITIATOR_ADDRESS,
          MODIFIED_BY_ID,
          MODIFIED_BY_ADDRESS);

  private final ObjectNode message;

  private Envelope(ObjectNode message) {
    this.message = message;
  }

  /**
   * Starts an envelope.
   *
   * @param body its fields are copied; the envelope's own fields win
   * @param id random identifier of the message
   */
  public static Envelope of(Event event, Author author, ObjectNode body, Instant at, UUID id) {
    ObjectNode message = Json.object();
    message.setAll(body);
    message.put(TIMESTAMP, WireTime.micros(at));
    message.put(TIMEZONE, "UTC+0");
    message.put(ZONE_NAME, "UTC");
    message.put(SEQUENCE, 0);
    message.put(TOTAL, 0);
    message.put(MESSAGE_ID, id.toString());
    message.put(ADDRESS, author.address().text());
    message.put(ALIAS, author.alias());
    message.put(EVENT, event.name());
    message.put(VERSION, author.version());
    message.put(ENCRYPTED, false);
    NULL_FIELDS.forEach(message::putNull);
    return new Envelope(message).path(PayloadPath.ofNode(author.alias()));
  }

  /**
   * Numbers the message.
   *
   * @param sequence number in its stream
   * @param total number of all messages of this sender
   */
  public Envelope sequence(long sequence, long total) {
    message.put(SEQUENCE, sequence);
    message.put(TOTAL, total);
    return this;
  }

  /** Says where in the node the message comes from; otherwise it is the node as a whole. */
  public Envelope path(PayloadPath path) {
    message.set(PATH, path.toJson());
    return this;
  }

  /** Addresses one party. */
  public Envelope to(NodeAddress receiver) {
    message.put(DESTINATION, receiver.text());
    return this;
  }

  /** Addresses several parties. */
  public Envelope to(List<NodeAddress> receivers) {
    ArrayNode list = message.putArray(DESTINATION);
    receivers.forEach(receiver -> list.add(receiver.text()));
    return this;
  }

  /** Echoes the session of the client that caused the message. */
  public Envelope session(String session) {
    message.put(SESSION_ID, session);
    return this;
  }

  /** Names who started the pipeline. */
  public Envelope initiator(String alias, NodeAddress address) {
    message.put(INITIATOR_ID, alias);
    message.put(INITIATOR_ADDRESS, address.text());
    return this;
  }

  /** Names who changed the pipeline last. */
  public Envelope modifiedBy(String alias, NodeAddress address) {
    message.put(MODIFIED_BY_ID, alias);
    message.put(MODIFIED_BY_ADDRESS, address.text());
    return this;
  }

  /** The message, ready to be sealed or signed. */
  public ObjectNode compose() {
    return message.deepCopy();
  }
}

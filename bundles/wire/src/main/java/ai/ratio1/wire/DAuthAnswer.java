package ai.ratio1.wire;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a dAuth endpoint answers (protocol dossier, section 5.3). The object {@code result} is
 * signed as a whole; what stands around it is not.
 *
 * <p>Surprise: genuine servers put success messages into the field {@code error} as well; a refused
 * asker is known by the absence of settings.
 *
 * @param server who answers
 * @param message what the server says, success or refusal
 * @param settings keys that begin with {@code EE_} and their values; empty means refused
 * @param whitelist lines of an address, two blanks and an alias
 * @param asker whom it answers, as the server understood the request
 * @param nonce the request's nonce; genuine servers do not echo it
 */
public record DAuthAnswer(
    Server server,
    String message,
    Map<String, JsonNode> settings,
    List<String> whitelist,
    Optional<Asker> asker,
    Optional<String> nonce) {

  /**
   * Who answers.
   *
   * @param address the server's address
   * @param evmAddress the same key on the chain
   * @param alias the server's name
   * @param network name of the network, such as {@code mainnet}
   * @param version version of the server's application
   * @param time the server's time, {@code YYYY-MM-DD HH:MM:SS} in UTC
   * @param epoch the current epoch
   * @param uptime how long the server runs, as text
   */
  public record Server(
      NodeAddress address,
      EvmAddress evmAddress,
      String alias,
      String network,
      String version,
      String time,
      long epoch,
      String uptime) {}

  /**
   * Whom it answers.
   *
   * @param evmAddress the asker's EVM address
   * @param type {@code node}, {@code sdk} or {@code core}; empty when the request was unreadable
   * @param seed whether the server takes itself for a seed node
   */
  public record Asker(String evmAddress, Optional<String> type, boolean seed) {}

  /** What every settings key begins with. */
  public static final String SETTING_PREFIX = "EE_";

  private static final String RESULT = "result";
  private static final String AUTH = "auth";
  private static final String ERROR = "error";
  private static final String WHITELIST = "whitelist";
  private static final String INFO = "server_info";
  private static final String INFO_ADDRESS = "sender_eth_addr";
  private static final String INFO_TYPE = "sender_type";
  private static final String INFO_SEED = "is_seed_server";
  private static final String ALIAS = "server_alias";
  private static final String VERSION = "server_version";
  private static final String TIME = "server_time";
  private static final String EPOCH = "server_current_epoch";
  private static final String UPTIME = "server_uptime";
  private static final String NONCE = "nonce";
  private static final String CODE = "code";

  /** Copies the collections. */
  public DAuthAnswer {
    settings = Map.copyOf(settings);
    whitelist = List.copyOf(whitelist);
  }

  /** Whether the asker was let in. */
  public boolean isAccepted() {
    return !settings.isEmpty();
  }

  /** A setting as text; empty when it is absent or null. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key)).filter(v -> !v.isNull()).map(JsonNode::asText);
  }

  /** A setting of a text. */
  public static JsonNode value(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  /** The whole answer with a signed {@code result}. */
  public ObjectNode compose(NodeIdentity signer) {
    return compose(server, result(), signer);
  }

  /**
   * The whole answer with a signed {@code result} and, beside the genuine text, a code that says
   * the same for good.
   *
   * @param code why the asker was refused
   */
  public ObjectNode compose(NodeIdentity signer, ErrorCode code) {
    ObjectNode result = result();
    result.withObjectProperty(AUTH).put(CODE, code.text());
    return compose(server, result, signer);
  }

  /**
   * What genuine servers answer when they cannot even tell who asks: {@code error} stands in {@code
   * result}, and there is no {@code auth}.
   */
  public static ObjectNode composeFailure(
      Server server, String error, ErrorCode code, NodeIdentity signer) {
    ObjectNode result = Json.object().put(ERROR, error).put(CODE, code.text());
    describe(server, result);
    return compose(server, result, signer);
  }

  private static ObjectNode compose(Server server, ObjectNode result, NodeIdentity signer) {
    ObjectNode document = outside(server);
    document.set(RESULT, SignedMessage.sign(result, signer));
    return document;
  }

  /** What stands around a result, unsigned. */
  static ObjectNode outside(Server server) {
    return Json.object()
        .put("server_node_addr", server.address().text())
        .put("evm_network", server.network())
        .put("ee_node_alias", server.alias())
        .put("ee_node_address", server.address().text())
        .put("ee_node_eth_address", Eip55.format(server.evmAddress()))
        .put("ee_node_network", server.network())
        .put("ee_node_ver", server.version());
  }

  private ObjectNode result() {
    ObjectNode result = Json.object();
    ObjectNode auth = result.putObject(AUTH);
    auth.put(ERROR, message);
    if (isAccepted()) {
      ArrayNode lines = auth.putArray(WHITELIST);
      whitelist.forEach(lines::add);
      settings.forEach(auth::set);
    }
    asker.ifPresent(
        known ->
            result
                .putObject(INFO)
                .put(INFO_ADDRESS, known.evmAddress())
                .put(INFO_TYPE, known.type().orElse(null))
                .put(INFO_SEED, known.seed()));
    describe(server, result);
    nonce.ifPresent(text -> result.put(NONCE, text));
    return result;
  }

  /** What every result ends with. */
  static void describe(Server server, ObjectNode result) {
    result.put(ALIAS, server.alias());
    result.put(VERSION, server.version());
    result.put(TIME, server.time());
    result.put(EPOCH, server.epoch());
    result.put(UPTIME, server.uptime());
  }

  /**
   * The code of a refusal by one of our oracles; genuine servers send none.
   *
   * @param document an answer whose {@code result} was verified
   */
  public static Optional<String> code(ObjectNode document) {
    JsonNode result = document.path(RESULT);
    return Optional.ofNullable(result.path(AUTH).path(CODE).asText(result.path(CODE).textValue()));
  }

  /**
   * The signed part of an answer; verify it with {@link SignedMessage#verify} as it is, and believe
   * it only if its sender is an oracle on the chain.
   *
   * @throws ai.ratio1.base.R1Exception R1-WIRE-031 when there is none
   */
  public static ObjectNode result(ObjectNode document) {
    if (document.get(RESULT) instanceof ObjectNode result) {
      return result;
    }
    throw WireError.BAD_FIELD.refuse("The answer has no object \"result\".");
  }

  /**
   * Reads an answer whose {@code result} was verified. Fields are taken from the signed part alone,
   * but for the network's name.
   *
   * @param sender who signed {@code result}
   * @param evmAddress the same key on the chain
   * @throws ai.ratio1.base.R1Exception R1-WIRE-031 when there is no result
   */
  public static DAuthAnswer read(ObjectNode document, NodeAddress sender, EvmAddress evmAddress) {
    ObjectNode result = result(document);
    JsonNode auth = result.path(AUTH);
    Server server =
        new Server(
            sender,
            evmAddress,
            result.path(ALIAS).asText(),
            document.path("evm_network").asText(),
            result.path(VERSION).asText(),
            result.path(TIME).asText(),
            result.path(EPOCH).asLong(),
            result.path(UPTIME).asText());
    String message = auth.path(ERROR).asText(result.path(ERROR).asText());
    return new DAuthAnswer(
        server,
        message,
        settings(auth),
        lines(auth.path(WHITELIST)),
        asker(result.path(INFO)),
        Optional.ofNullable(result.path(NONCE).textValue()));
  }

  private static Map<String, JsonNode> settings(JsonNode auth) {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    auth.properties()
        .forEach(
            field -> {
              if (field.getKey().startsWith(SETTING_PREFIX)) {
                settings.put(field.getKey(), field.getValue());
              }
            });
    return settings;
  }

  private static List<String> lines(JsonNode field) {
    List<String> lines = new ArrayList<>();
    if (field.isTextual()) {
      lines.add(field.textValue());
    }
    field.elements().forEachRemaining(line -> lines.add(line.asText()));
    return lines;
  }

  private static Optional<Asker> asker(JsonNode info) {
    return info.isObject()
        ? Optional.of(
            new Asker(
                info.path(INFO_ADDRESS).asText(),
                Optional.ofNullable(info.path(INFO_TYPE).textValue()),
                info.path(INFO_SEED).booleanValue()))
        : Optional.empty();
  }
}

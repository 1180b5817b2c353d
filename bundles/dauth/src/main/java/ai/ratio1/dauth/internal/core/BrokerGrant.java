package ai.ratio1.dauth.internal.core;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthAnswer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The broker of the network, and accounts for it.
 *
 * <p>Genuine servers also send keys without a value; genuine clients turn those into the text
 * {@code null}. What this network does not have is left out instead.
 *
 * @param hosts its addresses, given out in turn
 * @param port its TCP port
 * @param tls whether connections are encrypted
 * @param authority PEM of the authority that signed its certificate
 * @param secret what passwords derive from
 */
public record BrokerGrant(
    List<String> hosts, int port, boolean tls, Optional<String> authority, byte[] secret) {

  /** Address of the broker. */
  public static final String HOST = "EE_MQTT_HOST";

  /** TCP port of the broker, as text. */
  public static final String PORT = "EE_MQTT_PORT";

  /** User name at the broker. */
  public static final String USER = "EE_MQTT_USER";

  /** Password at the broker. */
  public static final String PASSWORD = "EE_MQTT";

  /** Whether the broker speaks TLS, 1 or 0. */
  public static final String SECURED = "EE_SECURED";

  /** PEM of the broker's certificate authority; ours, genuine peers ship theirs. */
  public static final String AUTHORITY = "EE_R1_MQTT_CA";

  private static final String SUBTOPIC = "EE_MQTT_SUBTOPIC";
  private static final String CERTIFICATE = "EE_MQTT_CERT";
  private static final String SUPERVISOR = "EE_SUPERVISOR";

  /** Copies the list. */
  public BrokerGrant {
    hosts = List.copyOf(hosts);
  }

  /** The account of a node or client. */
  public BrokerAccount account(NodeAddress holder, BrokerCredential.Role role, int turn) {
    return new BrokerAccount(
        hosts.get(Math.floorMod(turn, hosts.size())),
        port,
        tls,
        holder.text(),
        BrokerCredential.password(secret, role, holder.text()),
        authority);
  }

  /** The same as an answer carries it. */
  Map<String, JsonNode> settings(NodeAddress holder, BrokerCredential.Role role, int turn) {
    BrokerAccount account = account(holder, role, turn);
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    settings.put(HOST, DAuthAnswer.value(account.host()));
    settings.put(PORT, DAuthAnswer.value(Integer.toString(port)));
    settings.put(USER, DAuthAnswer.value(account.user()));
    settings.put(PASSWORD, DAuthAnswer.value(account.password()));
    settings.put(SUBTOPIC, DAuthAnswer.value("address"));
    settings.put(CERTIFICATE, DAuthAnswer.value(""));
    settings.put(SECURED, IntNode.valueOf(tls ? 1 : 0));
    settings.put(SUPERVISOR, BooleanNode.valueOf(role == BrokerCredential.Role.ORACLE));
    authority.ifPresent(pem -> settings.put(AUTHORITY, DAuthAnswer.value(pem)));
    return settings;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return hosts + ":" + port;
  }
}

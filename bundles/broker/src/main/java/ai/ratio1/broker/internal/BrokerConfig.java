package ai.ratio1.broker.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the embedded broker. */
@ObjectClassDefinition(
    id = BrokerConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 MQTT broker",
    description =
        "The embedded broker of a devnet or an isolated site. Anonymous clients and retained"
            + " messages are never allowed. Relative paths are below the node's data folder.")
@interface BrokerConfig {

  /** Persistent identity of the configuration. */
  String PID = "ai.ratio1.broker";

  @AttributeDefinition(name = "Host", description = "Address to listen on.")
  String host() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      description = "Port of the unencrypted listener; 0 for any free one, -1 for none.",
      min = "-1",
      max = "65535")
  int port() default 1883;

  @AttributeDefinition(
      name = "TLS port",
      description = "Port of the encrypted listener; 0 for any free one, -1 for none.",
      min = "-1",
      max = "65535")
  int tls_port() default -1;

  @AttributeDefinition(
      name = "TLS keystore",
      description = "PKCS#12 file with the broker's key and certificate chain.",
      required = false)
  String tls_keystore() default "";

  @AttributeDefinition(
      name = "TLS keystore password",
      description = "Password of the keystore; leave it empty where a file has it.",
      type = AttributeType.PASSWORD,
      required = false)
  String tls_keystore_password() default "";

  @AttributeDefinition(
      name = "TLS keystore password file",
      description = "File whose text, without white space around it, opens the keystore.",
      required = false)
  String tls_keystore_password_file() default "";

  @AttributeDefinition(name = "Root topic", description = "First level of every topic.")
  String root_topic() default "naeural";

  @AttributeDefinition(
      name = "Secret file",
      description =
          "File with the secret that passwords derive from: 16 to 1024 bytes, shared with the"
              + " oracles, readable by nobody else.")
  String secret_file() default "broker/secret";

  @AttributeDefinition(
      name = "Packet limit",
      description = "Largest MQTT packet in bytes; a larger one ends the connection.",
      min = "65536",
      max = "16777216")
  int packet_limit() default 2_162_688;

  @AttributeDefinition(
      name = "Most connections",
      description = "Connections at a time; more are closed at once.",
      min = "1",
      max = "100000")
  int max_connections() default 512;

  @AttributeDefinition(
      name = "Most connections of a user",
      description = "Connections of one user at a time; more are refused.",
      min = "1",
      max = "1000")
  int max_connections_per_user() default 16;

  @AttributeDefinition(
      name = "Publish rate",
      description = "Messages a second that a connection may publish; a faster one is slowed.",
      min = "1",
      max = "100000")
  int publish_rate() default 100;

  @AttributeDefinition(
      name = "Publish burst",
      description = "Messages that a connection may publish at once.",
      min = "1",
      max = "100000")
  int publish_burst() default 1000;

  @AttributeDefinition(
      name = "Publish bytes rate",
      description = "Payload bytes a second that a connection may publish.",
      min = "1024",
      max = "1073741824")
  int publish_bytes_rate() default 4 * 1024 * 1024;

  @AttributeDefinition(
      name = "Publish bytes burst",
      description = "Payload bytes that a connection may publish at once.",
      min = "65536",
      max = "1073741824")
  int publish_bytes_burst() default 16 * 1024 * 1024;

  @AttributeDefinition(
      name = "Backlog",
      description = "Messages that may wait for one subscription; then the oldest are dropped.",
      min = "1",
      max = "1000000")
  int backlog_messages() default 10_000;

  @AttributeDefinition(
      name = "Backlog bytes",
      description = "Bytes that may wait for one subscription; then the oldest are dropped.",
      min = "65536",
      max = "1073741824")
  int backlog_bytes() default 32 * 1024 * 1024;

  @AttributeDefinition(
      name = "In flight",
      description = "Messages sent to a client that it has not acknowledged yet.",
      min = "1",
      max = "65535")
  int in_flight() default 64;

  @AttributeDefinition(
      name = "Session expiry",
      description = "Seconds for which a client that is away is remembered.",
      min = "1",
      max = "604800")
  int session_expiry_s() default 3600;

  @AttributeDefinition(
      name = "Opening timeout",
      description = "Milliseconds a connection may take to say who it is.",
      min = "100",
      max = "60000")
  int opening_timeout_ms() default 10_000;
}

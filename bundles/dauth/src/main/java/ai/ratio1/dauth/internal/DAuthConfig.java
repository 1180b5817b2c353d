package ai.ratio1.dauth.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the boot gate. */
@ObjectClassDefinition(
    id = DAuthConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 dAuth",
    description = "The node's boot gate: which oracles it asks, and how long it waits.")
@interface DAuthConfig {

  String PID = "ai.ratio1.dauth";

  @AttributeDefinition(
      name = "dAuth endpoints",
      description =
          "Addresses of oracles' /get_auth_data, asked in turn. Oracles themselves need none.",
      required = false)
  String[] urls() default {};

  @AttributeDefinition(
      name = "Alias",
      description = "Name of this node as the oracles show it, at most 20 characters.")
  String alias() default "ratio1-node";

  @AttributeDefinition(
      name = "Application version",
      description = "Version of the genuine node application that this node counts as.")
  String app_version() default "2.10.370";

  @AttributeDefinition(
      name = "Core version",
      description = "Version of the genuine core that this node counts as.")
  String core_version() default "7.7.316";

  @AttributeDefinition(
      name = "SDK version",
      description = "Version of the genuine SDK that this node counts as.")
  String sdk_version() default "3.5.49";

  @AttributeDefinition(
      name = "Insecure",
      description = "Whether plain HTTP may leave this machine: the answer holds a password.")
  boolean insecure() default false;

  @AttributeDefinition(
      name = "HTTPS authority file",
      description =
          "PEM file of the authority that signed the endpoints' certificates; empty for the"
              + " system's authorities.",
      required = false)
  String https_authority_file() default "";

  @AttributeDefinition(
      name = "Request time-out",
      description = "Longest time for one oracle's whole answer, in ms.",
      min = "100",
      max = "120000")
  int request_timeout_ms() default 10_000;

  @AttributeDefinition(
      name = "Clock skew",
      description = "How far the clocks of this node and of an oracle may differ, in ms.",
      min = "1000",
      max = "300000")
  int clock_skew_ms() default 30_000;

  @AttributeDefinition(
      name = "First retry",
      description = "Wait after the first failure, in ms; it doubles, with jitter.",
      min = "50",
      max = "60000")
  int retry_min_ms() default 500;

  @AttributeDefinition(
      name = "Longest retry",
      description = "Longest wait between tries, in ms.",
      min = "50",
      max = "3600000")
  int retry_max_ms() default 60_000;

  @AttributeDefinition(
      name = "Look interval",
      description = "How often the licence is looked up when no new block calls for it, in ms.",
      min = "100",
      max = "600000")
  int look_interval_ms() default 30_000;

  @AttributeDefinition(
      name = "Chain grace",
      description = "How long a session holds while the chain is away, in ms.",
      min = "0",
      max = "86400000")
  long chain_grace_ms() default 600_000;

  @AttributeDefinition(
      name = "Broker hosts",
      description = "Oracles only: addresses of the network's MQTT broker, separated by blanks.",
      required = false)
  String broker_host() default "";

  @AttributeDefinition(
      name = "Broker port",
      description = "Oracles only: TCP port of the broker.",
      min = "1",
      max = "65535")
  int broker_port() default 8883;

  @AttributeDefinition(
      name = "Broker TLS",
      description = "Oracles only: whether connections to the broker are encrypted.")
  boolean broker_tls() default true;

  @AttributeDefinition(
      name = "Broker authority file",
      description =
          "Oracles only: PEM file of the authority that signed the broker's certificate; empty for"
              + " the system's authorities.",
      required = false)
  String broker_authority_file() default "";

  @AttributeDefinition(
      name = "Broker secret file",
      description =
          "Oracles only: file with the secret that passwords derive from, 16 to 1024 bytes, shared"
              + " with the broker.",
      required = false)
  String broker_secret_file() default "";
}

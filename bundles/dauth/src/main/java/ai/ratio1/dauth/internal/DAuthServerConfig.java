package ai.ratio1.dauth.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of an oracle's dAuth endpoint. */
@ObjectClassDefinition(
    id = DAuthServerConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 dAuth endpoint",
    description = "What an oracle gives to the nodes and clients it lets in.")
@interface DAuthServerConfig {

  String PID = "ai.ratio1.dauth.server";

  @AttributeDefinition(name = "Alias", description = "Name of this server in its answers.")
  String alias() default "ratio1-oracle";

  @AttributeDefinition(
      name = "Network",
      description = "Name of the network in answers: mainnet, testnet or devnet.")
  String network_name() default "devnet";

  @AttributeDefinition(name = "Seed", description = "Whether this server calls itself a seed node.")
  boolean seed() default false;

  @AttributeDefinition(
      name = "Application version",
      description =
          "Version of the genuine node application that this server counts as. Nodes that are older"
              + " by 10 or more are refused.")
  String app_version() default "2.10.370";

  @AttributeDefinition(
      name = "Core version",
      description = "Version of the genuine core that this server counts as.")
  String core_version() default "7.7.316";

  @AttributeDefinition(
      name = "SDK version",
      description = "Version of the genuine SDK that this server counts as.")
  String sdk_version() default "3.5.49";

  @AttributeDefinition(
      name = "Broker hosts",
      description = "Addresses of the MQTT broker, separated by blanks and given out in turn.")
  String broker_host() default "127.0.0.1";

  @AttributeDefinition(
      name = "Broker port",
      description = "TCP port of the broker.",
      min = "1",
      max = "65535")
  int broker_port() default 8883;

  @AttributeDefinition(
      name = "Broker TLS",
      description = "Whether connections to the broker are encrypted.")
  boolean broker_tls() default true;

  @AttributeDefinition(
      name = "Broker authority file",
      description =
          "PEM file of the authority that signed the broker's certificate, given to nodes; empty"
              + " for the system's authorities.",
      required = false)
  String broker_authority_file() default "";

  @AttributeDefinition(
      name = "Broker secret file",
      description =
          "File with the secret that passwords derive from, 16 to 1024 bytes, shared with the"
              + " broker.")
  String broker_secret_file() default "";

  @AttributeDefinition(
      name = "Clock skew",
      description = "How far the time in a request may be from this clock, in ms.",
      min = "1000",
      max = "300000")
  int clock_skew_ms() default 30_000;

  @AttributeDefinition(
      name = "Beat period",
      description =
          "Time between two beats of a node, in ms. An instance counts as running for three of"
              + " them.",
      min = "50",
      max = "600000")
  int beat_period_ms() default 10_000;

  @AttributeDefinition(
      name = "Replay entries",
      description = "How many requests are remembered so that none is answered twice.",
      min = "100",
      max = "1000000")
  int replay_entries() default 10_000;

  @AttributeDefinition(
      name = "Sender rate",
      description = "How many requests of one sender are answered in a minute.",
      min = "1",
      max = "10000")
  int sender_rate_per_minute() default 30;

  @AttributeDefinition(
      name = "Senders remembered",
      description = "How many senders the rate limit remembers.",
      min = "16",
      max = "1000000")
  int senders() default 10_000;
}

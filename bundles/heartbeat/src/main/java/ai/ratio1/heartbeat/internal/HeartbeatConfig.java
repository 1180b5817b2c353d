package ai.ratio1.heartbeat.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of this node's own beats. */
@ObjectClassDefinition(
    id = HeartbeatEmitter.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 heartbeat",
    description = "Proves to the network that this node is alive.")
@interface HeartbeatConfig {

  @AttributeDefinition(
      name = "Alias",
      description = "The name the node gives itself, 1 to 20 letters, digits, or . _ -")
  String alias() default "ratio1-node";

  @AttributeDefinition(
      name = "Period",
      description = "Time between beats in milliseconds: half a slot; 10 s on the genuine network.",
      min = "100",
      max = "15000")
  int period_ms() default 10_000;

  @AttributeDefinition(
      name = "Full heartbeats",
      description =
          "Time between signed heartbeats in milliseconds; beats in between reveal one link of a hash"
              + " chain to the oracles. Genuine peers need 10 s; 60 s where none listens.",
      min = "100",
      max = "600000")
  int full_ms() default 10_000;

  @AttributeDefinition(
      name = "Topic root",
      description = "First part of every topic: naeural on the genuine network.")
  String root_topic() default "naeural";

  @AttributeDefinition(
      name = "Status age",
      description = "How old the facts about the machine in a beat may be, in milliseconds.",
      min = "0",
      max = "60000")
  int status_ms() default 5000;

  @AttributeDefinition(
      name = "Retry",
      description = "Pause before the next attempt while there is no broker, in milliseconds.",
      min = "5",
      max = "1000")
  int retry_ms() default 20;

  @AttributeDefinition(
      name = "Chain poll",
      description = "How often the chain is asked for an unknown beacon, in milliseconds.",
      min = "100",
      max = "60000")
  int chain_poll_ms() default 500;

  @AttributeDefinition(
      name = "Application version",
      description = "Version of the appliance, as beats name it.")
  String version_app() default "0.1.0";

  @AttributeDefinition(
      name = "Core version",
      description = "Version of the genuine core whose protocol is spoken, as beats name it.")
  String version_core() default "7.7.316";

  @AttributeDefinition(
      name = "Protocol version",
      description = "Version of the genuine protocol library that is spoken, as beats name it.")
  String version_sdk() default "3.5.49";

  @AttributeDefinition(
      name = "Allow-list",
      description = "Addresses of the nodes and clients that may command this node.")
  String[] whitelist() default {};

  @AttributeDefinition(
      name = "Machine address",
      description = "The address beats give for the machine; empty for the first one it has.")
  String machine_address() default "";
}

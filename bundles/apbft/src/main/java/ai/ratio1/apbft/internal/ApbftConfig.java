package ai.ratio1.apbft.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the agreement engine. All oracles of a network should have the same times. */
@ObjectClassDefinition(
    id = ApbftComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 agreement (apBFT)",
    description = "How this oracle agrees with the others on the availability of an epoch.")
@interface ApbftConfig {

  @AttributeDefinition(
      name = "Root topic",
      description = "First level of the MQTT topic; oracles talk on <root>/apbft.")
  String root_topic() default "naeural";

  @AttributeDefinition(
      name = "Resend interval",
      description =
          "Milliseconds after which everything that stands is said again, until certified.",
      min = "100",
      max = "60000")
  int resend_ms() default 1000;

  @AttributeDefinition(
      name = "Grace",
      description = "Milliseconds a view waits for tables that were committed to but are missing.",
      min = "10",
      max = "60000")
  int grace_ms() default 600;

  @AttributeDefinition(
      name = "Fetch interval",
      description = "Milliseconds a table may be missing before the next peer is asked for it.",
      min = "10",
      max = "60000")
  int fetch_ms() default 1_000;

  @AttributeDefinition(
      name = "View timeout",
      description = "Milliseconds the first leader has to reach a certificate.",
      min = "100",
      max = "600000")
  int view_timeout_ms() default 1500;

  @AttributeDefinition(
      name = "View timeout step",
      description = "Milliseconds each following leader has more.",
      min = "0",
      max = "60000")
  int view_timeout_step_ms() default 500;

  @AttributeDefinition(
      name = "Longest view timeout",
      description = "Milliseconds any leader has at most; not below the view timeout.",
      min = "100",
      max = "600000")
  int view_timeout_max_ms() default 8000;

  @AttributeDefinition(
      name = "Retained epochs",
      description =
          "How many epochs behind the newest certified one certificates and tables stay on disk.",
      min = "16",
      max = "1000000")
  int retained_epochs() default 4096;

  @AttributeDefinition(
      name = "Retained decisions",
      description = "How many decisions stay on disk, of all topics together.",
      min = "128",
      max = "1000000")
  int retained_decisions() default 16384;

  @AttributeDefinition(
      name = "Longest table",
      description = "Bytes of a deflated table that is kept or fetched.",
      min = "1024",
      max = "3145728")
  int table_max_bytes() default 2097152;

  @AttributeDefinition(
      name = "Served bytes per second",
      description = "Bytes of tables sent per second to peers that ask for them.",
      min = "65536",
      max = "1000000000")
  int served_bytes_per_second() default 4194304;

  @AttributeDefinition(
      name = "Waiting messages per oracle",
      description = "How many messages in one oracle's name may wait; beyond it a random one goes.",
      min = "16",
      max = "65536")
  int inbox_per_oracle() default 256;

  @AttributeDefinition(
      name = "Checked messages per oracle",
      description = "How many messages in one oracle's name are checked per second.",
      min = "10",
      max = "100000")
  int checked_per_second() default 1000;

  @AttributeDefinition(
      name = "Subscription queue",
      description = "How many messages the transport may queue for this capability.",
      min = "64",
      max = "1000000")
  int subscription_capacity() default 4096;
}

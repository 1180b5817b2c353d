package ai.ratio1.heartbeat.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Bounds of what an oracle takes in. */
@ObjectClassDefinition(
    id = BeatReceiver.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 availability ledger",
    description = "Counts on an oracle in which slots it saw which node.")
@interface LedgerConfig {

  @AttributeDefinition(
      name = "Topic root",
      description = "First part of every topic: naeural on the genuine network.")
  String root_topic() default "naeural";

  @AttributeDefinition(
      name = "Payload limit",
      description = "The largest beat in bytes.",
      min = "4096",
      max = "2097152")
  int payload_limit() default 65_536;

  @AttributeDefinition(
      name = "Subscription capacity",
      description = "How many messages may wait in the transport; beyond it the oldest is dropped.",
      min = "16",
      max = "1000000")
  int subscription_capacity() default 8192;

  @AttributeDefinition(
      name = "Queue per sender",
      description = "How many beats of one sender may wait; beyond it the oldest is dropped.",
      min = "1",
      max = "1000")
  int sender_queue() default 8;

  @AttributeDefinition(
      name = "Remembered strangers",
      description = "How many unlicensed senders are remembered, to turn them away at no cost.",
      min = "16",
      max = "1000000")
  int strangers() default 4096;

  @AttributeDefinition(
      name = "Look-ups",
      description = "How many unknown senders are looked up in a second.",
      min = "1",
      max = "100000")
  int strangers_per_second() default 200;

  @AttributeDefinition(
      name = "Workers",
      description = "How many threads check signatures.",
      min = "1",
      max = "16")
  int workers() default 1;

  @AttributeDefinition(
      name = "Retained epochs",
      description = "How many epochs of slots stay on disk.",
      min = "9",
      max = "1000")
  int retained_epochs() default 16;

  @AttributeDefinition(
      name = "Chain poll",
      description = "How often the chain is asked for an unknown beacon, in milliseconds.",
      min = "100",
      max = "60000")
  int chain_poll_ms() default 500;

  @AttributeDefinition(
      name = "Event interval",
      description = "At most one event for each reason of refusal in this time, in milliseconds.",
      min = "100",
      max = "3600000")
  int event_interval_ms() default 10_000;
}

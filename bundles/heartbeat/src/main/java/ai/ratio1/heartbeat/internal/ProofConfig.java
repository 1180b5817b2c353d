package ai.ratio1.heartbeat.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What this node claims to have. */
@ObjectClassDefinition(
    id = ProofEmitter.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 proof of capability",
    description = "Claims what this machine has, and proves it in every epoch.")
@interface ProofConfig {

  @AttributeDefinition(
      name = "Enabled",
      description = "Whether this node claims anything; without a claim nothing is asked.")
  boolean enabled() default true;

  @AttributeDefinition(
      name = "Hardware profile",
      description = "The profile to claim; empty for the one that was chosen for this machine.")
  String profile() default "";

  @AttributeDefinition(
      name = "Processors",
      description = "How many to claim; 0 for those that this process may use.",
      min = "0",
      max = "256")
  int cores() default 0;

  @AttributeDefinition(
      name = "Graphics processors",
      description = "How many to claim; -1 for those that OpenCL lists and that compute rightly.",
      min = "-1",
      max = "64")
  int gpus() default -1;

  @AttributeDefinition(
      name = "Topic root",
      description = "First part of every topic: naeural on the genuine network.")
  String root_topic() default "naeural";

  @AttributeDefinition(
      name = "Chain poll",
      description = "How often the chain is asked for an unknown beacon, in milliseconds.",
      min = "100",
      max = "60000")
  int chain_poll_ms() default 500;
}

package ai.ratio1.oraclesync.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the epochs of an oracle. */
@ObjectClassDefinition(
    id = OracleSync.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 oracle synchronisation",
    description = "Freezes tables, computes outcomes, submits certificates and catches up.")
@interface OracleSyncConfig {

  @AttributeDefinition(
      name = "Poll interval",
      description = "How often windows, certificates and the chain are looked at, in milliseconds.",
      min = "50",
      max = "10000")
  int poll_ms() default 250;

  @AttributeDefinition(
      name = "Submission stage",
      description =
          "How long each oracle waits for the one before it to submit a certificate, in"
              + " milliseconds.",
      min = "100",
      max = "600000")
  int stage_delay_ms() default 10_000;

  @AttributeDefinition(
      name = "Retained epochs",
      description = "How many certified epochs stay on disk, for reports and for peers.",
      min = "16",
      max = "100000")
  int retained_epochs() default 4096;

  @AttributeDefinition(
      name = "Clock limit",
      description =
          "Clock offset to the median of the peers beyond which this oracle vouches for no table,"
              + " in milliseconds.",
      min = "100",
      max = "60000")
  int clock_limit_ms() default 2000;

  @AttributeDefinition(
      name = "Balance floor",
      description = "Native balance in wei below which this oracle leaves submission to others.")
  String balance_floor_wei() default "500000000000000";
}

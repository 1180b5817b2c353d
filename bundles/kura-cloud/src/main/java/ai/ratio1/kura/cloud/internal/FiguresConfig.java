package ai.ratio1.kura.cloud.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the node's figures reach a cloud. */
@ObjectClassDefinition(
    id = FiguresConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 cloud figures",
    description = "Publishes the figures of /metrics through a cloud publisher of this gateway.")
@interface FiguresConfig {

  String PID = "ai.ratio1.kura.figures";

  /** A filter that no publisher matches. */
  String NOBODY = "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Cloud publisher",
      description =
          "Filter for the publisher, such as (kura.service.pid=ratio1-figures); none until it"
              + " names one that is there.")
  String CloudPublisher_target() default NOBODY;

  @AttributeDefinition(
      name = "Interval",
      description = "Time between two messages, in seconds.",
      min = "5",
      max = "86400")
  int interval_seconds() default 60;

  @AttributeDefinition(
      name = "Figures",
      description = "Most figures of one message, the first by name; the rest is left out.",
      min = "1",
      max = "1000")
  int figures_limit() default 300;
}

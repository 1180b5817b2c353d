package ai.ratio1.rest.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the REST face. */
@ObjectClassDefinition(
    id = RestConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 REST",
    description = "The node as JSON over HTTP.")
@interface RestConfig {

  String PID = "ai.ratio1.rest";

  @AttributeDefinition(
      name = "Alias",
      description = "Name of this node in answers, at most 64 characters.")
  String alias() default "ratio1-node";

  @AttributeDefinition(
      name = "Events kept",
      description = "How many of the latest events are kept for /v1/events.",
      min = "10",
      max = "100000")
  int events_kept() default 1000;
}

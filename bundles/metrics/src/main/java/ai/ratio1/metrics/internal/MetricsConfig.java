package ai.ratio1.metrics.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the metrics door. */
@ObjectClassDefinition(
    id = MetricsConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 metrics",
    description = "The node's figures for Prometheus, at /metrics.")
@interface MetricsConfig {

  String PID = "ai.ratio1.metrics";

  @AttributeDefinition(
      name = "Sample limit",
      description = "Most samples of one scrape; what exceeds it is left out and counted.",
      min = "100",
      max = "100000")
  int sample_limit() default 10_000;
}

package ai.ratio1.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A component that has figures to show; registered as a service and read at every scrape. */
@ConsumerType
public interface MetricSource {

  /** The figures now. Must be quick and must not block: no I/O, no locks held by slow work. */
  List<Metric> metrics();
}

package ai.ratio1.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads every {@link MetricSource} of the framework, and the framework itself. Thread-safe. */
@ProviderType
public interface MetricReader {

  /**
   * The figures now, by name and labels. What breaks the naming rules, repeats a figure or exceeds
   * the reader's limit is left out and counted; a source that fails has none.
   */
  List<Metric> read();
}

package ai.ratio1.metrics.internal;

import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Figures of the framework, and of the JVM that it may share with others. */
final class RuntimeFigures implements MetricSource {

  private static final Path STATUS = Path.of("/proc/self/status");

  private final BundleContext context;

  RuntimeFigures(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<Metric> metrics() {
    Bundle[] bundles = context.getBundles();
    long active = Arrays.stream(bundles).filter(b -> b.getState() == Bundle.ACTIVE).count();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(bundles("active", active));
    metrics.add(bundles("other", bundles.length - active));
    metrics.add(memory("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage()));
    metrics.add(memory("other", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage()));
    metrics.add(
        Metric.gauge(
            "r1_jvm_threads",
            "Live threads of the JVM.",
            ManagementFactory.getThreadMXBean().getThreadCount()));
    metrics.add(
        Metric.gauge(
            "r1_jvm_uptime_seconds",
            "Seconds since the JVM started.",
            ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
    residentBytes()
        .ifPresent(
            bytes ->
                metrics.add(
                    Metric.gauge(
                        "r1_process_resident_bytes",
                        "Resident memory of the process.",
                        (double) bytes)));
    return metrics;
  }

  private static Metric bundles(String state, long count) {
    return new Metric(
        "r1_framework_bundles",
        "Bundles of this framework, by state.",
        Metric.Kind.GAUGE,
        Map.of("state", state),
        (double) count);
  }

  private static Metric memory(String area, MemoryUsage usage) {
    return new Metric(
        "r1_jvm_memory_used_bytes",
        "Memory in use by the JVM, by area.",
        Metric.Kind.GAUGE,
        Map.of("area", area),
        (double) usage.getUsed());
  }

  /** Absent where the system has no proc file system. */
  private static OptionalLong residentBytes() {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}

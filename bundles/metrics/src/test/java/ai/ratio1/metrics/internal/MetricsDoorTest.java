package ai.ratio1.metrics.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricReader;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.testing.Framework;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

class MetricsDoorTest {

  private static final String SHARED =
      Framework.contracts("base", "http", "metrics") + ",org.slf4j;version=1.7.36";

  @TempDir Path folder;

  private Framework framework;
  private Door door;

  @BeforeEach
  void start() throws Exception {
    framework = Framework.start(folder, Clock.systemUTC(), SHARED, Map.of());
    framework.install("ai.ratio1.metrics.internal.MetricsDoor");
    framework.configure(MetricsConfig.PID, Map.of("sample.limit", 200));
    door = framework.service(Door.class);
  }

  @AfterEach
  void stop() {
    framework.close();
  }

  private String scrape() {
    Response response = door.handle(new Request("GET", "", Map.of(), new byte[0], "127.0.0.1"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).startsWith("text/plain; version=0.0.4");
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void showsTheFrameworkToThisMachineAlone() {
    assertThat(door.path()).isEqualTo("/metrics");
    assertThat(door.audience()).isEqualTo(Audience.LOCAL);
    assertThat(scrape())
        .contains("r1_framework_bundles{state=\"active\"}")
        .contains("r1_jvm_memory_used_bytes{area=\"heap\"}")
        .contains("r1_jvm_threads ")
        .contains("r1_process_resident_bytes ")
        .contains("r1_metrics_rejected_total 0.0");
  }

  @Test
  void followsSourcesAsTheyComeAndGo() {
    MetricSource source = () -> List.of(Metric.gauge("r1_test_size", "Size.", 3));
    ServiceRegistration<MetricSource> registration =
        framework.register(MetricSource.class, source, Map.of());
    assertThat(scrape()).contains("r1_test_size 3.0");
    registration.unregister();
    assertThat(scrape()).doesNotContain("r1_test_size");
  }

  @Test
  void bundlesReadWhatPrometheusReads() throws Exception {
    framework.register(
        MetricSource.class, () -> List.of(Metric.gauge("r1_test_size", "Size.", 3)), Map.of());
    framework.register(
        MetricSource.class, () -> List.of(Metric.gauge("wrong name", "No.", 3)), Map.of());
    List<Metric> read = framework.service(MetricReader.class).read();
    assertThat(read).contains(Metric.gauge("r1_test_size", "Size.", 3));
    assertThat(read)
        .extracting(Metric::name)
        .contains("r1_jvm_threads")
        .doesNotContain("wrong name");
  }

  @Test
  void outlivesASourceThatFailsOrFloods() throws Exception {
    MetricSource broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    framework.register(MetricSource.class, broken, Map.of());
    framework.register(
        MetricSource.class,
        () ->
            java.util.stream.IntStream.range(0, 500)
                .mapToObj(
                    i ->
                        new Metric(
                            "r1_test_size",
                            "Size.",
                            Metric.Kind.GAUGE,
                            Map.of("i", String.valueOf(i)),
                            i))
                .toList(),
        Map.of());
    scrape();
    framework.give(MetricsConfig.PID, Map.of("sample.limit", 1));
    framework.give(MetricsConfig.PID, Map.of("sample.limit", 1000));
    await(() -> scrape().contains("r1_metrics_source_failures_total"));
    String text = scrape();
    assertThat(text).containsPattern("r1_metrics_source_failures_total [2-9]");
    assertThat(text).containsPattern("r1_metrics_rejected_total [1-9]");
  }
}

package ai.ratio1.metrics.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.metrics.Metric;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

  private final Exposition exposition = new Exposition(100);

  @Provide
  Arbitrary<List<Metric>> metrics() {
    Arbitrary<String> word = Arbitraries.strings().withCharRange('a', 'f').ofLength(1);
    Arbitrary<String> text =
        Arbitraries.strings().withChars("ab\\\"\n é\u2028").ofMinLength(1).ofMaxLength(6);
    Arbitrary<Map<String, String>> labels = Arbitraries.maps(word, text).ofMaxSize(2);
    Arbitrary<Double> value =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 1e300),
            Arbitraries.of(0.0, 1e-9, Double.POSITIVE_INFINITY));
    return Combinators.combine(word, text, Arbitraries.of(Metric.Kind.values()), labels, value)
        .as(
            (name, help, kind, set, number) ->
                new Metric(
                    "r1_" + name + (kind == Metric.Kind.COUNTER ? "_things_total" : "_level"),
                    // Prometheus' writer strips blanks here, which is its own business.
                    "h" + help + "h",
                    kind,
                    set,
                    number))
        .list()
        .ofMaxSize(20);
  }

  /** The reference implementation writes the same bytes. */
  @Property(tries = 500)
  void writesWhatTheLibraryOfPrometheusWrites(@ForAll("metrics") List<Metric> metrics)
      throws IOException {
    Map<String, Map<Map<String, String>, Metric>> families = new TreeMap<>();
    Exposition own = new Exposition(1000);
    for (Metric metric : metrics) {
      own.add(metric);
      families
          .computeIfAbsent(metric.name(), name -> new HashMap<>())
          .putIfAbsent(metric.labels(), metric);
    }
    assertThat(own.text().lines().sorted())
        .containsExactlyElementsOf(reference(metrics, families).lines().sorted().toList());
  }

  private static String reference(
      List<Metric> metrics, Map<String, Map<Map<String, String>, Metric>> families)
      throws IOException {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    families.forEach(
        (name, samples) -> {
          Metric first =
              metrics.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
          snapshots.add(
              first.kind() == Metric.Kind.COUNTER
                  ? counter(first, samples.values())
                  : gauge(first, samples.values()));
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PrometheusTextFormatWriter(false).write(out, new MetricSnapshots(snapshots));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static MetricSnapshot counter(Metric first, Iterable<Metric> samples) {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name(first.name().replaceFirst("_total$", "")).help(first.help());
    for (Metric sample : samples) {
      builder.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels(sample))
              .value(sample.value())
              .build());
    }
    return builder.build();
  }

  private static MetricSnapshot gauge(Metric first, Iterable<Metric> samples) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(first.name()).help(first.help());
    for (Metric sample : samples) {
      builder.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder()
              .labels(labels(sample))
              .value(sample.value())
              .build());
    }
    return builder.build();
  }

  private static Labels labels(Metric sample) {
    Labels.Builder builder = Labels.builder();
    sample.labels().forEach(builder::label);
    return builder.build();
  }

  @Test
  void writesFamiliesAndSamplesInOrder() {
    exposition.add(Metric.gauge("r1_b_size_bytes", "Size.", 2));
    exposition.add(new Metric("r1_a_x_total", "X.", Metric.Kind.COUNTER, Map.of("k", "b"), 1));
    exposition.add(new Metric("r1_a_x_total", "X.", Metric.Kind.COUNTER, Map.of("k", "a"), 2));
    assertThat(exposition.text())
        .isEqualTo(
            """
            # HELP r1_a_x_total X.
            # TYPE r1_a_x_total counter
            r1_a_x_total{k="a"} 2.0
            r1_a_x_total{k="b"} 1.0
            # HELP r1_b_size_bytes Size.
            # TYPE r1_b_size_bytes gauge
            r1_b_size_bytes 2.0
            """);
    assertThat(exposition.rejected()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r1",
        "r1_x",
        "x_y_z",
        "r1_X_y",
        "r1_a b_c",
        "r1__x_y",
        "r1_a_total",
        "r1_a_b\n"
      })
  void leavesOutAGaugeWhoseNameBreaksTheRule(String name) {
    exposition.add(Metric.gauge(name, "Help.", 1));
    assertThat(exposition.text()).isEmpty();
    assertThat(exposition.rejected()).isOne();
  }

  @Test
  void leavesOutWhatContradictsItself() {
    exposition.add(Metric.counter("r1_a_count", "A counter without total.", 1));
    exposition.add(Metric.counter("r1_a_x_total", "Below zero.", -1));
    exposition.add(
        new Metric("r1_a_size", "A bad label.", Metric.Kind.GAUGE, Map.of("a b", "x"), 1));
    exposition.add(
        new Metric(
            "r1_a_size", "A reserved label.", Metric.Kind.GAUGE, Map.of("__name__", "x"), 1));
    assertThat(exposition.text()).isEmpty();
    exposition.add(Metric.gauge("r1_a_size", "Once.", 1));
    exposition.add(Metric.gauge("r1_a_size", "Twice.", 2));
    assertThat(exposition.text()).contains("r1_a_size 1.0").doesNotContain("2.0");
    assertThat(exposition.rejected()).isEqualTo(5);
  }

  @Test
  void stopsAtTheLimit() {
    for (int i = 0; i < 101; i++) {
      exposition.add(
          new Metric("r1_a_size", "Size.", Metric.Kind.GAUGE, Map.of("i", String.valueOf(i)), i));
    }
    assertThat(exposition.text().lines()).hasSize(102);
    assertThat(exposition.rejected()).isOne();
  }
}

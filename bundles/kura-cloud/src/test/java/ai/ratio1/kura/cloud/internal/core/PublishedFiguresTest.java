package ai.ratio1.kura.cloud.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.metrics.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {

  @Test
  void figuresHaveTheirNamesWithLabelsInOrder() {
    Metric labelled =
        new Metric("r1_a_b", "B.", Metric.Kind.GAUGE, Map.of("z", "1", "a", "two"), 2);
    assertThat(PublishedFigures.of(List.of(labelled, Metric.gauge("r1_a_c", "C.", 3)), 9).values())
        .isEqualTo(Map.of("r1_a_b{a=two,z=1}", 2.0, "r1_a_c", 3.0));
  }

  @Test
  void whatNoCloudTakesAndWhatIsTooMuchStaysOutAndIsCounted() {
    List<Metric> metrics =
        List.of(
            Metric.gauge("r1_a_d", "D.", Double.NaN),
            Metric.gauge("r1_a_c", "C.", Double.NEGATIVE_INFINITY),
            Metric.gauge("r1_a_b", "B.", 2),
            Metric.gauge("r1_a_a", "A.", 1));
    assertThat(PublishedFigures.of(metrics, 1))
        .isEqualTo(new PublishedFigures(Map.of("r1_a_a", 1.0), 3));
  }
}

package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochReportTest {

  private static final EpochReport GOOD = report(700, 0.3);

  @Test
  void bothBarsDecide() {
    assertThat(GOOD.passes()).isTrue();
    assertThat(report(800, 0.3).passes()).isFalse();
    assertThat(report(700, 0.31).passes()).isFalse();
  }

  @Test
  void aTableForPeople() {
    assertThat(report(800, 0.31).table())
        .contains("900 bytes per node (slots 800, row 100): missed", "in 0.3 s: missed")
        .containsPattern("100000 +0\\.310 +0\\.200 +2\\.00 +0\\.50");
  }

  @Test
  void aCurveThatIsFlatIsDrawnFlat() {
    String svg = new CostCurve(GOOD).svg();
    assertThat(svg).startsWith("<svg").contains("1,000", "100,000").endsWith("</svg>\n");
    // Two microseconds per node for every number of nodes, on a scale of two.
    assertThat(svg).contains("points=\"80.0,50.0 413.3,50.0\"");
  }

  private static EpochReport report(double slots, double seconds) {
    return new EpochReport(
        slots,
        100,
        184,
        List.of(
            new EpochReport.Cost(1_000, 0.002, 0.002, 500),
            new EpochReport.Cost(100_000, seconds, 0.2, 50_000)));
  }
}

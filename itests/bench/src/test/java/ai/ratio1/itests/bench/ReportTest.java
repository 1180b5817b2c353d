package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Figures AT_THE_BAR =
      new Figures("java", List.of(sample(0.2), sample(0.85), sample(0.99)));
  private static final Figures BELOW =
      new Figures("native", List.of(sample(0.99), sample(0.84), sample(0.84), sample(0.84)));

  @Test
  void theMedianDecides() {
    assertThat(AT_THE_BAR.ratio()).isEqualTo(0.85);
    assertThat(AT_THE_BAR.passes()).isTrue();
    assertThat(BELOW.passes()).isFalse();
    assertThat(new Report("quick", 1000, List.of(AT_THE_BAR)).passes()).isTrue();
    assertThat(new Report("quick", 1000, List.of(AT_THE_BAR, BELOW)).passes()).isFalse();
  }

  @Test
  void aTableForPeople() {
    assertThat(new Report("quick", 1000, List.of(AT_THE_BAR, BELOW)).table())
        .contains("200 nodes, 1000 bytes", "java")
        .containsPattern("java +10000 +8500 +0\\.850 +0\\.200, 0\\.990 +ok")
        .containsPattern("native +10000 +8400 +0\\.840 +0\\.840, 0\\.990 +below the bar");
  }

  @Test
  void anObjectForPrograms() {
    assertThat(new Report("full", 1000, List.of(AT_THE_BAR)).json())
        .contains("\"mode\" : \"full\"", "\"passes\" : true", "\"pathPerSecond\" : 8500")
        .contains("\"ratio\" : 0.85", "\"lowestRatio\" : 0.2", "\"iterations\" : 3");
  }

  private static Sample sample(double ratio) {
    double bareNanos = 1e8;
    return new Sample(1000, bareNanos, bareNanos / ratio);
  }
}

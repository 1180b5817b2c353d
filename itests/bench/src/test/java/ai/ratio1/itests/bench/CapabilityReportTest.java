package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityReportTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final ProofSize SIZE =
      ProofSize.of(
          new ProofBudget("board", 60_000, 200, 4, 0),
          new CapabilityClaim("board", 2, 0, 0),
          EPOCH);

  @Test
  void halfAPercentOfTheProcessorsIsTheBar() {
    assertThat(report(300).passes()).isTrue();
    assertThat(report(301).passes()).isFalse();
    assertThat(report(90).table())
        .contains("0.1500 %", "1/180 of the work; a segment of a GPU 7.0 ms")
        .endsWith("ok");
    assertThat(report(301).table()).endsWith("below the bar");
    assertThat(report(90).json()).contains("\"passes\" : true", "\"bytes\" : 1200");
  }

  private static CapabilityReport report(double prover) {
    return new CapabilityReport(
        "board", 2, List.of(new CapabilityReport.Cost(EPOCH, SIZE, prover, 50, 0.5, 1200, 7)));
  }
}

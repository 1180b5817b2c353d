package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.bench.ConsensusReport.Case;
import ai.ratio1.itests.bench.ConsensusReport.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsensusReportTest {

  @Test
  void everyCaseHasItsBar() {
    assertThat(new Row(31, Case.ALL_HONEST, List.of(900L, 990L), 9_000, 1).passes()).isTrue();
    assertThat(new Row(31, Case.ALL_HONEST, List.of(900L, 1_001L), 9_000, 1).passes()).isFalse();
    assertThat(new Row(31, Case.SILENT, List.of(900L, 13_001L), 9_000, 1).passes()).isFalse();
    assertThat(new Row(4, Case.PARTITION, List.of(0L, 30_000L), 9_000, 1).passes()).isTrue();
  }

  @Test
  void messagesCountInTheLargestSetWithoutLoss() {
    assertThat(new Row(31, Case.SILENT, List.of(900L), 14_001, 1).passes()).isFalse();
    assertThat(new Row(31, Case.SILENT_AND_LOSS, List.of(900L), 14_001, 1).passes()).isTrue();
    assertThat(new Row(13, Case.SILENT, List.of(900L), 14_001, 1).passes()).isTrue();
  }

  @Test
  void aTableForPeopleAndAnObjectForPrograms() {
    Row missed = new Row(31, Case.ALL_HONEST, List.of(1_200L), 9_324, 1_434_000);
    ConsensusReport report = new ConsensusReport(0, List.of(missed));
    assertThat(report.table())
        .containsPattern("31 +all honest +1 +1\\.20 +1\\.20 +1\\.20 +9324 +1434 +p50 1 s: missed");
    assertThat(report.json()).contains("\"passes\" : false", "\"p50Millis\" : 1200");
  }
}

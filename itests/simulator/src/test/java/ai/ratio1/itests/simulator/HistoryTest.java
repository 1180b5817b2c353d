package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  @Test
  void whoeverSaysNothingLosesItsReputationInTwentyEpochs() {
    Scenario silent = Scenario.plain(1, 7).with(Weather.CLEAN, Foe.SILENT);
    List<Integer> reputations = History.reputationsAfter(20, silent);
    assertThat(reputations).hasSize(7);
    assertThat(reputations.subList(0, 5)).allMatch(honest -> honest > 40_000);
    assertThat(reputations.subList(5, 7)).allMatch(faulty -> faulty < 12_000);
    Report learnt = Simulation.run(silent.with(silent.ground().with(reputations)));
    assertThat(learnt.good()).as(learnt.line()).isTrue();
  }
}

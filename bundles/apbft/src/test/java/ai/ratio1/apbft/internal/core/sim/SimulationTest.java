package ai.ratio1.apbft.internal.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class SimulationTest {

  @Test
  void fourOraclesAgreeWhateverHappens() {
    Campaign campaign = Campaign.run(0, 1200, seed -> Scenario.of(seed, 4));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void sevenOraclesAgreeWhateverHappens() {
    Campaign campaign = Campaign.run(0, 200, seed -> Scenario.of(seed, 7));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void setsThatAreNotThreeTimesFaultsPlusOneAgreeToo() {
    Campaign campaign = Campaign.run(0, 120, seed -> Scenario.of(seed, seed % 2 == 0 ? 5 : 6));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  @Tag("long")
  void fourOraclesAgreeInAHundredThousandHistoriesMore() {
    Campaign campaign = Campaign.run(1_000_000, 100_000, seed -> Scenario.of(seed, 4));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  @Tag("long")
  void otherSetsAgreeInTenThousandHistoriesMore() {
    Campaign campaign =
        Campaign.run(1_000_000, 10_000, seed -> Scenario.of(seed, 5 + (int) (seed % 6)));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void theLargestSetAgrees() {
    Campaign campaign =
        Campaign.run(0, 1, seed -> Scenario.plain(seed, 31).with(Weather.LOSSY, Foe.COLLUDING));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void honestOraclesInCleanWeatherNeedOneViewAndLessThanASecondAndAHalf() {
    List<Report> reports =
        IntStream.range(0, 200).mapToObj(seed -> Simulation.run(Scenario.plain(seed, 4))).toList();
    assertThat(reports)
        .allSatisfy(
            report -> {
              assertThat(report.good()).as(report.line()).isTrue();
              assertThat(report.views()).isZero();
              // Opening is spread over 100 ms and a commitment takes up to 150.
              assertThat(report.decidedAfter()).isLessThan(250 + Cluster.COMMIT_WINDOW + 1_500);
            });
    // Eight of each oracle and two of the leader; a slow run says some of it again.
    assertThat(reports.stream().mapToLong(Report::messages).average().orElseThrow()).isLessThan(60);
  }

  @Test
  void theSameSeedIsTheSameHistory() {
    for (long seed = 0; seed < 40; seed++) {
      Scenario scenario = Scenario.of(seed, 4);
      assertThat(Simulation.run(scenario)).isEqualTo(Simulation.run(scenario));
    }
  }

  @Test
  void thousandsOfMessagesAreNeverHeld() {
    Campaign campaign =
        Campaign.run(5_000, 100, seed -> Scenario.of(seed, 7).with(Weather.STORM, Foe.WILD_VIEWS));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
    assertThat(campaign.largest()).isLessThan(400);
  }

  @Test
  void realSignaturesMakeNoDifference() {
    Keyring keys = new GenuineKeys(4);
    List<Foe> foes = List.of(Foe.NONE, Foe.EQUIVOCATING, Foe.COLLUDING);
    for (int seed = 0; seed < foes.size(); seed++) {
      Scenario fake = Scenario.plain(seed, 4).with(Weather.LOSSY, foes.get(seed)).withFrames();
      Report report = Simulation.run(fake.with(keys));
      assertThat(report.good()).as(report.line()).isTrue();
      // Chance does not depend on signatures, so neither does the history.
      assertThat(report.messages()).isEqualTo(Simulation.run(fake).messages());
    }
  }
}

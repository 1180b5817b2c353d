package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SimulationTest {

  @Test
  void everyPromiseIsKeptInTenThousandHistories() {
    Campaign campaign = Campaign.run(0, 10_000, Scenario::of);
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
    assertThat(campaign.runs()).isEqualTo(10_000);
  }

  @Test
  @Tag("long")
  void everyPromiseIsKeptInAMillionHistoriesMore() {
    Campaign campaign = Campaign.run(1_000_000, 1_000_000, Scenario::of);
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void setsThatAreNotThreeTimesFaultsPlusOneAgreeToo() {
    Campaign campaign = Campaign.run(0, 120, seed -> Scenario.of(seed, seed % 2 == 0 ? 5 : 6));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  @Tag("long")
  void setsOfEverySizeAgree() {
    Campaign campaign =
        Campaign.run(1_000_000, 10_000, seed -> Scenario.of(seed, 4 + (int) (seed % 28)));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Foe.class)
  void noAdversaryBreaksAPromise(Foe foe) {
    Campaign campaign =
        Campaign.run(20_000, 60, seed -> Scenario.of(seed, 4).with(Weather.LOSSY, foe));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Foe.class)
  void noAdversaryBreaksAPromiseAboutSlots(Foe foe) {
    Campaign campaign =
        Campaign.run(30_000, 60, seed -> Scenario.of(seed, 4).with(Weather.LOSSY, foe).deciding());
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  @Tag("long")
  void setsOfEverySizeDecide() {
    Campaign campaign =
        Campaign.run(
            2_000_000, 20_000, seed -> Scenario.of(seed, 4 + (int) (seed % 28)).deciding());
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
  }

  @Test
  void oneOfEightHistoriesIsAboutSlots() {
    long slots =
        LongStream.range(0, 10_000).filter(seed -> Scenario.of(seed).course().slots() > 0).count();
    assertThat(slots).isBetween(1_100L, 1_400L);
  }

  @Test
  void honestOraclesDecideSoonAfterTheyKnowAValue() {
    Ground broker = Ground.SMALL.with(Scale.SMALL_IN_ORDER);
    List<Report> reports =
        IntStream.range(0, 200)
            .mapToObj(seed -> Simulation.run(Scenario.plain(seed, 4).with(broker).deciding()))
            .toList();
    assertThat(reports).allMatch(Report::good);
    // Slots are opened and values proposed over 2.5 s; some are not known to be good for 6 s.
    assertThat(reports.stream().filter(report -> report.decidedAfter() < 4_000).count())
        .isGreaterThan(100);
  }

  @Test
  void theNumbersOfOraclesAreSharedOutAsAnnounced() {
    List<Integer> sizes = IntStream.range(0, 10_000).mapToObj(Scenario::oraclesOf).toList();
    assertThat(sizes.stream().filter(n -> n == 4).count()).isBetween(6_800L, 7_200L);
    assertThat(sizes.stream().filter(n -> n == 7).count()).isBetween(1_850L, 2_150L);
    assertThat(sizes.stream().filter(n -> n == 13).count()).isBetween(800L, 1_000L);
    assertThat(sizes.stream().filter(n -> n == 31).count()).isBetween(60L, 140L);
  }

  @Test
  void honestOraclesInCleanWeatherAlmostAlwaysNeedOneView() {
    Ground broker = Ground.SMALL.with(Scale.SMALL_IN_ORDER);
    List<Report> reports =
        IntStream.range(0, 200)
            .mapToObj(seed -> Simulation.run(Scenario.plain(seed, 4).with(broker)))
            .toList();
    assertThat(reports).allMatch(Report::good);
    List<Report> quick = reports.stream().filter(report -> report.views() == 0).toList();
    // Who opens last may hear the others' commitments only when they are said again.
    assertThat(quick).hasSizeGreaterThan(195);
    // Opening is spread over 100 ms and a commitment takes up to 150.
    assertThat(quick)
        .extracting(Report::decidedAfter)
        .allMatch(millis -> millis < 250 + Registry.COMMIT_WINDOW + 1_500);
    // Eight of each oracle and two of the leader; a slow run says some of it again.
    assertThat(reports.stream().mapToLong(Report::messages).average().orElseThrow()).isLessThan(64);
  }

  @Test
  void clocksThatAreFiveSecondsWrongCostTimeAlone() {
    Course skewed = Course.QUIET.withSkew(Course.LARGEST_SKEW);
    Campaign campaign = Campaign.run(0, 200, seed -> Scenario.plain(seed, 7).with(skewed));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
    assertThat(campaign.percentile(1)).isBetween(5_000L, 20_000L);
  }

  @Test
  void theSameSeedIsTheSameHistoryWhoeverLooksOn() {
    for (long seed = 0; seed < 40; seed++) {
      Scenario scenario = Scenario.of(seed, 4);
      List<Trace.Event> events = new ArrayList<>();
      Report report = Simulation.run(scenario);
      Report watched = Simulation.run(scenario, events::add);
      assertThat(watched.line()).isEqualTo(report.line());
      assertThat(watched.messages()).isEqualTo(report.messages());
      assertThat(watched.decidedAfter()).isEqualTo(report.decidedAfter());
      assertThat(watched.flushes()).isEqualTo(report.flushes());
      assertThat(events).isNotEmpty();
    }
  }

  @Test
  void theSumDoesNotDependOnHowManyRunAtATime() {
    Campaign one = Campaign.run(300, 60, seed -> Scenario.of(seed, 4), 1, done -> {});
    Campaign three = Campaign.run(300, 60, seed -> Scenario.of(seed, 4), 3, done -> {});
    assertThat(three.summary()).isEqualTo(one.summary());
    assertThat(three.messages()).isEqualTo(one.messages());
    assertThat(three.percentile(0.5)).isEqualTo(one.percentile(0.5));
  }

  @Test
  void thousandsOfMessagesAreNeverHeld() {
    Campaign campaign =
        Campaign.run(5_000, 100, seed -> Scenario.of(seed, 7).with(Weather.STORM, Foe.WILD_VIEWS));
    assertThat(campaign.complaints()).as(campaign.summary()).isEmpty();
    assertThat(campaign.largest()).isLessThan(400);
  }
}

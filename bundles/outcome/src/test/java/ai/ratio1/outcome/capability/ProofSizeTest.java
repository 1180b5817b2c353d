package ai.ratio1.outcome.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.wire.CapabilityAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is asked stays inside half a percent of a processor, for every machine and epoch. */
class ProofSizeTest {

  private static final Path PROFILES = Path.of("..", "..", "hardware-profiles");
  private static final ProofBudgets RELEASE = ProofBudgets.ofRelease();

  @Test
  void everyProfileOfTheReleaseHasABudget() throws IOException {
    try (Stream<Path> folders = Files.list(PROFILES)) {
      List<String> names =
          folders
              .filter(folder -> Files.exists(folder.resolve("profile.json")))
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(7);
      assertThat(RELEASE.all()).extracting(ProofBudget::profile).isEqualTo(names);
    }
    assertThat(RELEASE.find("amiga-500")).isEmpty();
  }

  @Property
  void nothingCostsMoreThanHalfAPercent(
      @ForAll @IntRange(min = 1, max = 256) int cores,
      @ForAll @IntRange(min = 5, max = 86_400) int seconds) {
    Duration epoch = Duration.ofSeconds(seconds);
    for (ProofBudget budget : RELEASE.all()) {
      ProofSize size = ProofSize.of(budget, cores, epoch);
      double longest =
          (double) size.rounds() * size.segments() / budget.roundsPerMilli() / epoch.toMillis();
      assertThat(longest).isLessThanOrEqualTo(0.0025);
      assertThat(size.limit()).isLessThanOrEqualTo(epoch.dividedBy(200));
      assertThat(size.allowed()).isLessThan(epoch.dividedBy(2)).isGreaterThan(size.work());
      assertThat(size.places() * CapabilityAnswer.CHECKPOINT)
          .isLessThanOrEqualTo(CapabilityAnswer.LARGEST - 300);
    }
  }

  @Test
  void aDevnetAndANetworkOfDaysAskWhatTheReferenceSays() {
    ProofBudget budget = RELEASE.find("x86_64-generic").orElseThrow();
    ProofSize devnet = ProofSize.of(budget, 4, Duration.ofSeconds(30));
    assertThat(devnet.work()).isEqualTo(Duration.ofMillis(75));
    assertThat(devnet.allowed()).isEqualTo(Duration.ofMillis(1150));
    assertThat(devnet.segments()).isEqualTo(64);
    ProofSize day = ProofSize.of(budget, CapabilityClaim.MOST_CORES, Duration.ofDays(1));
    assertThat(day.work()).isEqualTo(Duration.ofSeconds(30));
    assertThat(day.allowed()).isEqualTo(Duration.ofSeconds(70));
    assertThat(day.segments()).isEqualTo(8);
  }

  @Test
  void budgetsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 999, 200, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 1000, 99, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 1000, 200, 257));
  }
}

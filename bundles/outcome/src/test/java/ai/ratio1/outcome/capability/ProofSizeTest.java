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
      @ForAll @IntRange(min = 0, max = 64) int gpus,
      @ForAll @IntRange(min = 5, max = 86_400) int seconds) {
    Duration epoch = Duration.ofSeconds(seconds);
    for (ProofBudget budget : RELEASE.all()) {
      ProofSize size = ProofSize.of(budget, claim(budget, cores, gpus), epoch);
      double longest =
          (double) size.rounds() * size.segments() / budget.roundsPerMilli() / epoch.toMillis();
      assertThat(longest).isLessThanOrEqualTo(0.0025);
      assertThat(size.limit()).isLessThanOrEqualTo(epoch.dividedBy(200));
      assertThat(size.allowed()).isLessThan(epoch.dividedBy(2)).isGreaterThan(size.work());
      GpuSize gpu = size.gpus();
      double longestOnGpu =
          (double) gpu.rounds() * gpu.segments() * GpuSize.WALKS / 1e8 / epoch.toMillis();
      assertThat(longestOnGpu).isLessThanOrEqualTo(0.0025);
      assertThat(size.places() * CapabilityAnswer.CHECKPOINT)
          .isLessThanOrEqualTo(CapabilityAnswer.LARGEST - 300);
    }
  }

  @Test
  void aDevnetAndANetworkOfDaysAskWhatTheReferenceSays() {
    ProofBudget budget = RELEASE.find("x86_64-generic").orElseThrow();
    ProofSize devnet = ProofSize.of(budget, claim(budget, 4, 0), Duration.ofSeconds(30));
    assertThat(devnet.work()).isEqualTo(Duration.ofMillis(75));
    assertThat(devnet.allowed()).isEqualTo(Duration.ofMillis(1150));
    assertThat(devnet.segments()).isEqualTo(64);
    assertThat(devnet.gpus()).isEqualTo(new GpuSize(0, 0, 0, 0));
    ProofSize day =
        ProofSize.of(budget, claim(budget, CapabilityClaim.MOST_CORES, 1), Duration.ofDays(1));
    assertThat(day.gpus()).isEqualTo(new GpuSize(1, 256, 8, 5_722_045));
    assertThat(day.work()).isEqualTo(Duration.ofSeconds(30));
    assertThat(day.allowed()).isEqualTo(Duration.ofSeconds(70));
    assertThat(day.segments()).isEqualTo(8);
  }

  @Test
  void budgetsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 999, 200, 4, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 1000, 99, 4, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 1000, 200, 257, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProofBudget("x", 1000, 200, 4, 999));
  }

  @Test
  void graphicsProcessorsAreKeptAsBusyHoweverManyThereAre() {
    ProofBudget budget = RELEASE.find("x86_64-nvidia").orElseThrow();
    GpuSize one = ProofSize.of(budget, claim(budget, 8, 1), Duration.ofSeconds(30)).gpus();
    for (int gpus = 1; gpus <= CapabilityClaim.MOST_GPUS; gpus++) {
      ProofSize size = ProofSize.of(budget, claim(budget, 8, gpus), Duration.ofSeconds(30));
      assertThat(size.gpus().walks() * size.gpus().groups()).isEqualTo(GpuSize.WALKS);
      assertThat(size.gpus().rounds()).isEqualTo(one.rounds());
      assertThat(size.places()).isEqualTo(size.corePlaces() + size.gpus().places());
    }
  }

  @Test
  void aProfileWithoutGraphicsProcessorsAllowsNone() {
    ProofBudget board = RELEASE.find("raspberrypi-5").orElseThrow();
    assertThat(board.allows(claim(board, 4, 0))).isTrue();
    assertThat(board.allows(claim(board, 4, 1))).isFalse();
    assertThat(board.allows(claim(board, 5, 0))).isFalse();
    ProofBudget server = RELEASE.find("x86_64-nvidia").orElseThrow();
    assertThat(server.allows(claim(server, 64, 8))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProofSize.of(server, claim(board, 4, 0), Duration.ofSeconds(30)));
  }

  private static CapabilityClaim claim(ProofBudget budget, int cores, int gpus) {
    return new CapabilityClaim(budget.profile(), cores, 0, gpus);
  }
}

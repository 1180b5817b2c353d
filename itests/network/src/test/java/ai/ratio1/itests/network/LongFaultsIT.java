package ai.ratio1.itests.network;

import ai.ratio1.itests.network.Disturbance.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes minutes: seven oracles over mosquitto whose links fail, for many epochs. */
@Tag("long")
class LongFaultsIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"false, 1, 12", "true, 2, 6"})
  void sevenOraclesAgreeWhateverHappensToTwoOfThem(
      boolean processes, long seed, int epochs, TestReporter reporter) throws IOException {
    try (FaultTrial trial = FaultTrial.start(folder.resolve("devnet"), 7, processes, seed)) {
      trial.play(seed, epochs);
      for (Kind kind : List.of(Kind.STALL, Kind.SHUT)) {
        reporter.publishEntry("closed after " + kind, trial.partition(kind).toString());
      }
    }
  }
}

package ai.ratio1.itests.network;

import ai.ratio1.itests.network.Disturbance.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Four oracles over mosquitto whose links fail, every framework in this JVM. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

  private static final long SEED = 4;

  @TempDir static Path folder;

  private static FaultTrial trial;

  @BeforeAll
  static void start() throws IOException {
    trial = FaultTrial.start(folder.resolve("devnet"), 4, false, SEED);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @Test
  @Order(1)
  void oraclesAgreeWhateverHappensToOneOfThem() {
    trial.play(SEED, 2);
  }

  @Test
  @Order(2)
  void anEpochThatAPartitionLeftPendingIsClosedWhenItIsOver(TestReporter reporter) {
    reporter.publishEntry("closed after", trial.partition(Kind.STALL).toString());
  }
}

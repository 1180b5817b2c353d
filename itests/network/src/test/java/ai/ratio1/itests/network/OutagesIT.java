package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.Devnet;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes minutes: long outages of broker and chain, and kills at moments drawn by chance. */
@Tag("long")
class OutagesIT {

  @TempDir static Path folder;

  private static TestNetwork network;
  private static Devnet devnet;

  @BeforeAll
  static void start() {
    network = TestNetwork.ofProcesses(folder.resolve("devnet"), 12);
    devnet = network.devnet();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @AfterEach
  void theNetworkIsWholeAndNobodyContradictedHimself() {
    network.licensed().forEach(OutagesIT::awaitLink);
    long epoch = network.epoch() + 1;
    network.awaitRecorded(epoch);
    JsonNode view = network.awaitCertified("oracle-1", epoch);
    for (String node : network.licensed()) {
      assertThat(network.agreed(view, node)).as(node).isGreaterThanOrEqualTo(255 * 10 / 12);
    }
    network.assertNobodyContradictedHimself();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 25, 60})
  void theBrokerIsAwayForSeconds(int seconds) {
    devnet.kill(Devnet.BROKER);
    awaitSeconds(seconds);
    devnet.start(Devnet.BROKER);
    awaitNothingPending();
  }

  @Test
  void theChainIsAwayForAMinute() {
    devnet.stop(Devnet.CHAIN);
    awaitSeconds(60);
    devnet.start(Devnet.CHAIN);
    awaitNothingPending();
  }

  @Test
  void anyNodeIsKilledAtAnyMoment() {
    Random chance = new Random(20_260_101);
    List<String> nodes = network.licensed();
    for (int kill = 0; kill < 20; kill++) {
      String node = nodes.get(chance.nextInt(nodes.size()));
      awaitMillis(chance.nextInt(5_000));
      devnet.kill(node);
      awaitMillis(chance.nextInt(2_000));
      devnet.start(node);
    }
    nodes.forEach(network::awaitReady);
    awaitNothingPending();
  }

  private static void awaitLink(String node) {
    Await.until(
        "a link of " + node,
        Duration.ofSeconds(60),
        () -> network.client(node).get("/v1/status").path("link").path("connected").asBoolean());
  }

  /** Waits until the chain has every epoch that ended before now. */
  private static void awaitNothingPending() {
    network.awaitRecorded(network.epoch() - 1);
  }

  private static void awaitSeconds(int seconds) {
    awaitMillis(seconds * 1_000);
  }

  private static void awaitMillis(int millis) {
    Instant moment = devnet.clock().instant().plusMillis(millis);
    Await.until(
        "time " + moment,
        Duration.ofMillis(millis).plusSeconds(5),
        () -> !devnet.clock().instant().isBefore(moment));
  }
}

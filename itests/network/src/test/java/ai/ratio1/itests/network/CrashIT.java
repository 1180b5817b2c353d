package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.Devnet;
import ai.ratio1.event.NodeEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and outages, over the embedded broker, every framework a process of its own. One network
 * lives through all of it, one epoch after the other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

  private static final int SLOTS = 12;

  @TempDir static Path folder;

  private static TestNetwork network;
  private static Devnet devnet;

  @BeforeAll
  static void start() {
    network = TestNetwork.ofProcesses(folder.resolve("devnet"), SLOTS);
    devnet = network.devnet();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @AfterEach
  void nobodyEverSignedTwoConflictingStatements() {
    assertThat(network.said(NodeEvents.EQUIVOCATION)).isEmpty();
  }

  @Test
  @Order(1)
  void anEpochIsCertifiedWhenAnOracleIsKilledInIt() {
    network.awaitTime(0, 0.5);
    devnet.kill("oracle-2");
    network.awaitRecorded(0);
    JsonNode view = network.awaitCertified("oracle-1", 0);
    assertThat(view.path("certificate").path("signers")).hasSize(3);
  }

  @Test
  @Order(2)
  void aNodeThatWasDownForHalfAnEpochGetsHalfOfIt() {
    devnet.start("oracle-2");
    long epoch = network.epoch() + 1;
    network.awaitTime(epoch, 0.5);
    devnet.kill("edge-1");
    int slotsUp = network.slotsSince(epoch);
    network.awaitTime(epoch + 1, 0);
    devnet.start("edge-1");
    JsonNode view = network.awaitCertified("oracle-2", epoch);
    assertThat(network.agreed(view, "edge-1")).isBetween(worth(slotsUp - 2), worth(slotsUp + 2));
    assertThat(network.agreed(view, "edge-2")).isGreaterThanOrEqualTo(worth(SLOTS - 2));
  }

  @Test
  @Order(3)
  void withTwoOfFourTheEpochStaysPendingUntilOneReturns() {
    long epoch = network.epoch() + 1;
    network.awaitTime(epoch, 0.4);
    network.awaitRecorded(epoch - 1);
    devnet.kill("oracle-3");
    devnet.kill("oracle-4");
    network.awaitTime(epoch + 1, 0.6);
    assertThat(devnet.chain().epochs().pendingEpoch()).isEqualTo(epoch);
    Await.until(
        "a pending epoch",
        Duration.ofSeconds(10),
        () -> network.explain("oracle-1", epoch).path("stage").asText().equals("PENDING"));

    devnet.start("oracle-3");
    network.awaitRecorded(epoch);
    JsonNode view = network.awaitCertified("oracle-3", epoch);
    // Both survivors saw it; the one that came back had seen less.
    assertThat(network.agreed(view, "edge-2")).isPositive();
  }

  @Test
  @Order(4)
  void brokerAndChainMayBeAwayAndNodesDieMeanwhile() {
    devnet.start("oracle-4");
    network.awaitReady("oracle-4");
    long epoch = network.epoch() + 1;
    network.awaitTime(epoch, 0.2);
    devnet.kill(Devnet.BROKER);
    devnet.stop(Devnet.CHAIN);
    devnet.kill("oracle-1");
    network.awaitTime(epoch, 0.5);
    devnet.start("oracle-1");
    devnet.start(Devnet.BROKER);
    network.awaitTime(epoch, 0.9);
    devnet.start(Devnet.CHAIN);
    network.awaitRecorded(epoch + 1);
    for (String oracle : network.oracles()) {
      String hash = network.awaitCertified(oracle, epoch).path("outcomeHash").asText();
      assertThat(devnet.chain().epochs().outcomeHash(epoch).orElseThrow().toHex()).isEqualTo(hash);
      assertThat(network.figure(oracle, "r1_apbft_evidence_total")).isZero();
    }
    // An epoch that a busy machine needs to get up again may count little; the next one counts.
    network.licensed().forEach(network::awaitReady);
    long whole = network.epoch() + 1;
    network.awaitTime(whole + 1, 0);
    JsonNode after = network.awaitCertified("oracle-2", whole);
    assertThat(network.agreed(after, "edge-1")).isGreaterThan(127);
  }

  /** What so many slots of an epoch are worth. */
  private static int worth(int slots) {
    return 255 * slots / SLOTS;
  }
}

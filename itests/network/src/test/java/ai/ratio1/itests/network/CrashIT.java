package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.event.NodeEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills, outages and a liar, over the embedded broker, every framework a process of its own. One
 * network lives through all of it, one epoch after the other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

  private static final int SLOTS = 12;
  private static final int SLOT_WORTH = 255 / SLOTS;

  @TempDir static Path folder;

  private static TestNetwork network;
  private static Devnet devnet;

  @BeforeAll
  static void start() throws IOException {
    DevnetSettings settings =
        new DevnetSettings(
            Duration.ofSeconds(SLOTS),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            FreePorts.base(),
            true,
            BrokerKind.EMBEDDED,
            false);
    network =
        TestNetwork.start(
            folder.resolve("devnet"),
            settings,
            TestAppliance.withLiar(folder.resolve("appliance")));
    devnet = network.devnet();
    for (String node :
        List.of("oracle-1", "oracle-2", "oracle-3", "oracle-4", "edge-1", "edge-2")) {
      network.awaitReady(node);
    }
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
    network.awaitTime(epoch + 1, 0);
    devnet.start("edge-1");
    JsonNode view = network.awaitCertified("oracle-2", epoch);
    assertThat(network.agreed(view, "edge-1"))
        .isBetween(127 - 2 * SLOT_WORTH, 127 + 2 * SLOT_WORTH);
    assertThat(network.agreed(view, "edge-2")).isGreaterThanOrEqualTo(255 - 2 * SLOT_WORTH);
  }

  @Test
  @Order(3)
  void withTwoOfFourTheEpochStaysPendingUntilOneReturns() {
    long epoch = network.epoch() + 1;
    network.awaitTime(epoch, 0.4);
    devnet.kill("oracle-3");
    devnet.kill("oracle-4");
    network.awaitTime(epoch + 1, 0.6);
    assertThat(devnet.chain().epochs().pendingEpoch()).isEqualTo(epoch);
    JsonNode pending = network.explain("oracle-1", epoch).orElseThrow();
    assertThat(pending.path("stage").asText()).isEqualTo("PENDING");

    devnet.start("oracle-3");
    network.awaitRecorded(epoch);
    JsonNode view = network.awaitCertified("oracle-3", epoch);
    // Both survivors saw it; the one that came back had seen less.
    assertThat(network.agreed(view, "edge-2")).isPositive();
  }

  @Test
  @Order(4)
  void aLiarMovesNoByteOutOfWhatHonestOraclesSaw() {
    devnet.start("oracle-4", List.of(TestAppliance.LIAR));
    network.awaitReady("oracle-4");
    long epoch = network.epoch() + 1;
    network.awaitRecorded(epoch);
    JsonNode view = network.awaitCertified("oracle-1", epoch);
    int liar = indexOf(view, "oracle-4");
    boolean lied = false;
    for (JsonNode row : view.path("rows")) {
      int least = 255;
      int most = 0;
      for (JsonNode seen : row.path("observed")) {
        int value = seen.path("value").asInt();
        if (seen.path("index").asInt() == liar) {
          lied |= Math.abs(value - row.path("agreed").asInt()) > 100;
        } else {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      assertThat(row.path("agreed").asInt()).as("%s", row).isBetween(least, most);
    }
    assertThat(lied).as("the liar lied: %s", view.path("rows")).isTrue();
  }

  @Test
  @Order(5)
  void brokerAndChainMayBeAwayAndNodesDieMeanwhile() {
    devnet.stop("oracle-4");
    devnet.start("oracle-4");
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
    JsonNode after = network.awaitCertified("oracle-2", epoch + 1);
    assertThat(network.agreed(after, "edge-1")).isGreaterThan(127);
  }

  private static int indexOf(JsonNode view, String oracle) {
    for (JsonNode entry : view.path("oracles")) {
      if (entry.path("address").asText().equalsIgnoreCase(network.address(oracle).toHex())) {
        return entry.path("index").asInt();
      }
    }
    throw new AssertionError(oracle + " is no oracle: " + view);
  }
}

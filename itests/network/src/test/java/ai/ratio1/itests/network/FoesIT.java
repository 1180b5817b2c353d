package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Members that do wrong: a copied key, an oracle that lies, one that contradicts itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FoesIT {

  private static final String FOE = "oracle-4";
  private static final String SECOND_INSTANCE = "R1-DAUTH-110";

  /** A foe that is late, on a busy machine, was no foe in that epoch. */
  private static final int MOST_EPOCHS = 5;

  @TempDir static Path folder;

  private static TestNetwork network;
  private static Devnet devnet;

  @BeforeAll
  static void start() throws IOException {
    network =
        TestNetwork.inThisJvm(
            folder.resolve("devnet"),
            BrokerKind.EMBEDDED,
            TestAppliance.withFoes(folder.resolve("appliance")));
    devnet = network.devnet();
    network.licensed().forEach(network::awaitReady);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  @Order(1)
  void theSecondNodeWithAKeyIsRefusedAndTheFirstWorksOn() throws IOException {
    // The oracles must have heard the first one.
    network.awaitTime(network.epoch(), 0.1);
    devnet.stop("stranger");
    Path key = identity("edge-1");
    try (Stream<Path> files = Files.list(key)) {
      for (Path file : files.toList()) {
        Path copy = identity("stranger").resolve(key.relativize(file));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    devnet.start("stranger");
    // Before it was refused for another reason, and an oracle that is busy says that it is.
    Await.until(
        "the refusal",
        Duration.ofSeconds(60),
        () -> {
          JsonNode boot = network.client("stranger").get("/v1/status").path("boot");
          return boot.path("stage").asText().equals("REFUSED")
              && boot.path("code").asText().equals(SECOND_INSTANCE);
        });
    network.awaitSaid(
        "stranger",
        NodeEvents.SESSION_REFUSED,
        line -> line.code().equals(Optional.of(SECOND_INSTANCE)));
    assertThat(network.figure("stranger", "r1_heartbeat_sent_total")).isZero();
    assertThat(network.client("edge-1").get("/v1/status").path("ready").asBoolean()).isTrue();
    devnet.stop("stranger");
  }

  @Test
  @Order(2)
  void aLiarMovesNoByteOutOfWhatHonestOraclesSaw() {
    JsonNode view = epochWith(TestAppliance.LIAR, FoesIT::observesAnything);
    int liar = network.indexOf(view, FOE);
    boolean lied = false;
    for (JsonNode row : view.path("rows")) {
      for (JsonNode seen : row.path("observed")) {
        int distance = Math.abs(seen.path("value").asInt() - row.path("agreed").asInt());
        lied |= seen.path("index").asInt() == liar && distance > 100;
      }
    }
    assertThat(lied).as("the liar lied: %s", view.path("rows")).isTrue();
    assertHonest(view);
    assertThat(network.said(NodeEvents.EQUIVOCATION)).isEmpty();
  }

  @Test
  @Order(3)
  void anOracleThatContradictsItselfIsShownAndMovesNothing() {
    JsonNode view =
        epochWith(
            TestAppliance.EQUIVOCATOR, seen -> !seen.path("round").path("equivocators").isEmpty());
    String foe = network.address(FOE).toHex();
    assertThat(view.path("round").path("equivocators"))
        .singleElement()
        .satisfies(shown -> assertThat(shown.asText()).isEqualToIgnoringCase(foe));
    assertHonest(view);
    for (String oracle : List.of("oracle-1", "oracle-2", "oracle-3")) {
      assertThat(network.awaitSaid(oracle, NodeEvents.EQUIVOCATION))
          .as(oracle)
          .allSatisfy(line -> assertThat(line.text()).startsWith("Oracle " + FOE));
      assertThat(network.awaitCertified(oracle, view.path("epoch").asLong()).path("outcomeHash"))
          .isEqualTo(view.path("outcomeHash"));
    }
  }

  /** How an honest oracle explains the first whole epoch in which the foe was heard in time. */
  private static JsonNode epochWith(String feature, Predicate<JsonNode> heard) {
    devnet.stop(FOE);
    devnet.start(FOE, List.of(feature));
    network.awaitReady(FOE);
    long first = network.epoch() + 1;
    for (long epoch = first; epoch < first + MOST_EPOCHS; epoch++) {
      network.awaitRecorded(epoch);
      JsonNode view = network.awaitCertified("oracle-1", epoch);
      if (heard.test(view)) {
        return view;
      }
    }
    throw new AssertionError("heard nothing of " + feature + " in " + MOST_EPOCHS + " epochs");
  }

  private static boolean observesAnything(JsonNode view) {
    int foe = network.indexOf(view, FOE);
    for (JsonNode seen : view.path("rows").path(0).path("observed")) {
      if (seen.path("index").asInt() == foe) {
        return true;
      }
    }
    return false;
  }

  /** Every agreed byte is one that an honest oracle saw, or lies between two of them. */
  private static void assertHonest(JsonNode view) {
    int foe = network.indexOf(view, FOE);
    for (JsonNode row : view.path("rows")) {
      int least = 255;
      int most = 0;
      for (JsonNode seen : row.path("observed")) {
        if (seen.path("index").asInt() != foe) {
          least = Math.min(least, seen.path("value").asInt());
          most = Math.max(most, seen.path("value").asInt());
        }
      }
      assertThat(row.path("agreed").asInt()).as("%s", row).isBetween(least, most);
    }
  }

  private static Path identity(String node) {
    return new NodeFolder(network.folder().node(node)).data().resolve("identity");
  }
}

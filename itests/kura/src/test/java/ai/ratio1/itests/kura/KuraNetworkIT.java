package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.testing.AnvilRpc;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with Kura 5.6 joins a network, is counted, starts anew, and leaves. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KuraNetworkIT {

  private static final int EPOCH_SECONDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** One slot of ten may be missed. */
  private static final int NEARLY_ALL = 255 * 9 / 10;

  /** How often a busy machine may miss more than that. */
  private static final int MOST_EPOCHS = 6;

  private static final String ALIAS = "gateway-1";

  @TempDir static Path folder;

  private static Devnet network;
  private static GatewayProcess gateway;
  private static Operator operator;
  private static String deed;
  private static String node;

  @BeforeAll
  static void start() throws Exception {
    network = Devnet.start(folder.resolve("devnet"), EPOCH_SECONDS);
    startGateway();
    network.await();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      gateway.close();
    } finally {
      network.close();
    }
  }

  @Test
  @Order(1)
  void withoutADeedItIsRefused() throws Exception {
    operator.configure(ALIAS);
    JsonNode boot =
        Await.value(
            "a refusal",
            PATIENCE,
            () ->
                Optional.of(operator.status().path("boot"))
                    .filter(now -> now.path("stage").asText().equals("REFUSED")));
    assertThat(boot.path("code").asText()).isEqualTo("R1-DAUTH-004");
    assertThat(gateway.get("/readyz").status()).isEqualTo(503);
  }

  @Test
  @Order(2)
  void withADeedItPassesDAuthAndBeats() throws Exception {
    deed = operator.link();
    JsonNode status = operator.awaitReady();
    operator.beatAsTheNetworkCounts(ALIAS);
    node = status.path("evmAddress").asText();
    assertThat(status.path("ready").booleanValue()).isTrue();
    assertThat(status.path("role").asText()).isEqualTo("EDGE");
    assertThat(status.path("session").path("licence").asText()).isEqualTo(deed);
    assertThat(gateway.get("/v1/bundles").body().path("down")).isEmpty();
  }

  @Test
  @Order(3)
  void oraclesCertifyThatItWasUpForAWholeEpoch() throws Exception {
    long first = operator.status().path("epoch").path("epoch").asLong() + 1;
    JsonNode view = network.awaitVerdict(first, node);
    for (long epoch = first + 1;
        agreed(view) < NEARLY_ALL && epoch < first + MOST_EPOCHS;
        epoch++) {
      view = network.awaitVerdict(epoch, node);
    }
    assertThat(agreed(view)).as(view.toString()).isGreaterThanOrEqualTo(NEARLY_ALL);
    assertThat(view.path("rows").path(0).path("licence").asText()).isEqualTo(deed);
    assertThat(view.path("signers").size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  @Order(4)
  void aRestartThatWipesTheFrameworkLosesNeitherKeyNorSettings() throws Exception {
    gateway.close();
    startGateway();
    JsonNode status = operator.awaitReady();
    assertThat(status.path("evmAddress").asText()).isEqualTo(node);
    assertThat(status.path("alias").asText()).isEqualTo(ALIAS);
    assertThat(status.path("session").path("licence").asText()).isEqualTo(deed);
    long epoch = status.path("epoch").path("epoch").asLong();
    int slot = status.path("epoch").path("slot").asInt();
    // The first slots of the epoch may be those of the process before.
    assertThat(
            network.awaitSlots(epoch, node).length() > slot + 1
                || !network.awaitSlots(epoch + 1, node).isEmpty())
        .isTrue();
  }

  @Test
  @Order(5)
  void itsSessionEndsWithinTwoBlocksOfTheUnlink() throws Exception {
    AnvilRpc anvil = new AnvilRpc(URI.create(network.facts().path("chain").asText()));
    JsonNode status =
        anvil.withoutTime(
            1,
            () -> {
              network.r1("deed", "unlink", deed);
              anvil.call("evm_mine");
              anvil.call("evm_mine");
              return Await.value(
                  "the end of the session",
                  PATIENCE,
                  () -> Optional.of(operator.status()).filter(now -> now.path("session").isNull()));
            });
    assertThat(status.path("boot").path("code").asText()).isEqualTo("R1-DAUTH-005");
    assertThat(gateway.get("/readyz").status()).isEqualTo(503);
  }

  private static int agreed(JsonNode view) {
    return view.path("rows").path(0).path("agreed").asInt();
  }

  /** As Kura does at a start: an empty framework, and every package installed again. */
  private static void startGateway() throws Exception {
    gateway = GatewayProcess.start(folder.resolve("gateway"));
    operator = new Operator(network, gateway);
    gateway.install(KuraPlatform.nodePackage());
  }
}

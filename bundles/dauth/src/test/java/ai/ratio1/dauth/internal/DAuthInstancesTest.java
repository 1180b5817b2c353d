package ai.ratio1.dauth.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.dauth.BootStatus.Stage;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.event.NodeEvents;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two nodes with one key. */
class DAuthInstancesTest extends TwoSides {

  @Test
  void aSecondNodeWithTheSameKeyIsRefusedAndBothSidesAreTold() throws Exception {
    hearFirstInstance();
    link();
    boot(endpoint.url());
    expectSecondInstance();
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
    assertThat(node.status().reason()).contains("another instance");
    var told = oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.SECOND_INSTANCE));
    assertThat(String.valueOf(told.getProperty(NodeEvents.SUBJECT)))
        .isEqualToIgnoringCase(node.identity.evmAddress().toHex());
  }

  @Test
  void oneOracleThatHeardTheFirstInstanceIsEnough() throws Exception {
    hearFirstInstance();
    AtomicReference<Optional<ErrorCode>> codeWhenAsked = new AtomicReference<>(Optional.empty());
    HttpServer forgetful =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    forgetful.createContext(
        "/",
        exchange -> {
          codeWhenAsked.set(node.status().code());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    forgetful.start();
    try {
      link();
      boot(
          endpoint.url(),
          "http://127.0.0.1:" + forgetful.getAddress().getPort() + "/get_auth_data");
      expectSecondInstance();
      await(() -> codeWhenAsked.get().isPresent());
      // Only the next attempt, after a pause, turns to the other oracle.
      assertThat(codeWhenAsked.get()).contains(DAuthError.SECOND_INSTANCE.code());
    } finally {
      forgetful.stop(0);
    }
  }

  @Test
  void anOracleWhoseKeyIsInUseIsRefusedByItsPeers() throws Exception {
    hearFirstInstance();
    chain.addOracle(node.identity.evmAddress());
    link();
    boot(endpoint.url());
    expectSecondInstance();
  }

  @Test
  void anOracleBootsFromTheChainAloneWhenNoPeerAnswers() throws Exception {
    chain.addOracle(node.identity.evmAddress());
    link();
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    node.boot(
        Map.of(
            "urls",
            new String[] {"http://127.0.0.1:1/get_auth_data"},
            "broker.host",
            "127.0.0.1",
            "broker.port",
            1883,
            "broker.tls",
            false,
            "broker.secret.file",
            secret.toString()));
    node.awaitSession();
  }

  private void hearFirstInstance() {
    Sighting alive =
        new Sighting(
            node.identity.address(),
            node.identity.evmAddress(),
            "first",
            "the first instance",
            Instant.now(),
            Instant.now(),
            true);
    Liveness liveness =
        new Liveness() {
          @Override
          public Optional<Sighting> lastSeen(EvmAddress address) {
            return sightings().stream().filter(s -> s.evmAddress().equals(address)).findFirst();
          }

          @Override
          public List<Sighting> sightings() {
            return List.of(alive);
          }
        };
    oracle.framework.register(Liveness.class, liveness, Map.of());
  }

  private void expectSecondInstance() {
    node.awaitCode(DAuthError.SECOND_INSTANCE);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.SECOND_INSTANCE));
  }
}

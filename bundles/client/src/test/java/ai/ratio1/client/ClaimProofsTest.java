package ai.ratio1.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.LicenceId;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimProofsTest {

  private static final LicenceId DEED = LicenceId.parse("ND-5");

  private final AtomicInteger epoch = new AtomicInteger();
  private HttpServer server;
  private List<NodeClient> oracles;

  /** An oracle that knows one epoch more each time it is asked. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/v1/rewards/ND/5",
        exchange -> {
          byte[] proof =
              """
              {"credits": "255", "weight": "1", "epoch": %d, "root": "%s", "path": []}
              """
                  .formatted(epoch.incrementAndGet(), Bytes32.ZERO.toHex())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, proof.length);
          exchange.getResponseBody().write(proof);
          exchange.close();
        });
    server.start();
    oracles =
        List.of(new NodeClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aProofThatWasOvertakenIsAskedForAgain() {
    List<Long> tried = new ArrayList<>();
    long used =
        ClaimProofs.use(
                oracles,
                DEED,
                proof -> {
                  tried.add(proof.epoch());
                  if (proof.epoch() < 3) {
                    throw refusal("InvalidProof");
                  }
                  return proof.epoch();
                })
            .orElseThrow();
    assertThat(used).isEqualTo(3);
    assertThat(tried).containsExactly(1L, 2L, 3L);
  }

  @Test
  void anotherRefusalIsTheCallers() {
    assertThatThrownBy(() -> ClaimProofs.use(oracles, DEED, ClaimProofsTest::claimedBefore))
        .isInstanceOf(ContractRefusal.class)
        .hasMessageContaining("NothingToClaim");
    assertThat(epoch).hasValue(1);
  }

  @Test
  void whereNobodyHasAProofThereIsNothingToUse() {
    LicenceId unknown = LicenceId.parse("ND-6");
    assertThat(ClaimProofs.use(oracles, unknown, ClaimProofsTest::claimedBefore)).isEmpty();
  }

  private static Void claimedBefore(ClaimProof proof) {
    throw refusal("NothingToClaim");
  }

  private static ContractRefusal refusal(String error) {
    return new ContractRefusal(new ErrorCode("R1-CHAIN-010"), error, "Wait.", error, List.of());
  }
}

package ai.ratio1.dauth.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.dauth.BootStatus.Stage;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.Keys;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Requests and answers that are old, forged or broken. */
class DAuthMessagesTest extends TwoSides {

  @Test
  void aClockThatIsOffIsRefusedByTheOracle() throws Exception {
    link();
    clock.offset = Duration.ofMinutes(-2);
    boot(endpoint.url());
    node.awaitCode(DAuthError.SKEWED);
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.EXPIRED));
    clock.offset = Duration.ofMinutes(2);
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.FROM_THE_FUTURE));
    clock.offset = Duration.ZERO;
    node.awaitSession();
  }

  @Test
  void aReplayedRequestIsRefused() throws Exception {
    AtomicReference<byte[]> captured = new AtomicReference<>();
    try (TestEndpoint relay =
        new TestEndpoint(
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              captured.set(body);
              TestEndpoint.send(exchange, 200, TestEndpoint.answer(door(), body));
            })) {
      link();
      boot(relay.url());
      node.awaitSession();
    }
    String again = new String(TestEndpoint.answer(door(), captured.get()), StandardCharsets.UTF_8);
    assertThat(again).contains("R1-DAUTH-109").doesNotContain("EE_MQTT");
  }

  @Test
  void hostileRequestsAreCodedRefusals() {
    for (String hostile : List.of("", "[]", "{}", "{\"body\":[]}", "{\"body\":{\"a\":")) {
      assertThat(
              new String(
                  TestEndpoint.answer(door(), hostile.getBytes(StandardCharsets.UTF_8)),
                  StandardCharsets.UTF_8))
          .startsWith("R1-WIRE-");
    }
    byte[] large = new byte[70_000];
    assertThat(new String(TestEndpoint.answer(door(), large), StandardCharsets.UTF_8))
        .startsWith("R1-WIRE-");
  }

  @Test
  void aTamperedAnswerIsRefused() throws Exception {
    refuses(
        DAuthError.BAD_SIGNATURE,
        answer ->
            change(
                answer,
                document ->
                    ((ObjectNode) document.path("result").path("auth"))
                        .put("EE_MQTT_HOST", "evil.example")));
  }

  @Test
  void aReplayedAnswerIsRefused() throws Exception {
    AtomicReference<byte[]> first = new AtomicReference<>();
    link();
    try (TestEndpoint recorder =
        TestEndpoint.tampering(
            door(),
            answer -> {
              first.compareAndSet(null, answer);
              return answer;
            })) {
      boot(recorder.url());
      node.awaitSession();
    }
    chain.unlink(7, OWNER);
    chain.mine();
    await(() -> node.session().isEmpty());
    refuses(DAuthError.WRONG_NONCE, answer -> first.get());
  }

  @Test
  void anAnswerByANonOracleIsRefused() throws Exception {
    refuses(
        DAuthError.NO_ORACLE,
        answer ->
            change(
                answer,
                document -> SignedMessage.sign((ObjectNode) document.path("result"), Keys.key(3))));
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws Exception {
    refuses(DAuthError.TOO_LARGE, answer -> new byte[5_000_000]);
  }

  @Test
  void anAnswerThatIsNoJsonIsRefused() throws Exception {
    refuses(DAuthError.UNREADABLE, answer -> "<html>".getBytes(StandardCharsets.UTF_8));
  }

  private void refuses(DAuthError error, UnaryOperator<byte[]> change) throws Exception {
    try (TestEndpoint evil = TestEndpoint.tampering(door(), change)) {
      link();
      boot(evil.url());
      node.awaitCode(error);
      assertThat(node.status().stage()).isEqualTo(Stage.ASKING);
      assertThat(node.session()).isEmpty();
      node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(error));
    }
  }

  private static byte[] change(byte[] answer, Consumer<ObjectNode> change) {
    try {
      ObjectNode document = (ObjectNode) new ObjectMapper().readTree(answer);
      change.accept(document);
      return new ObjectMapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

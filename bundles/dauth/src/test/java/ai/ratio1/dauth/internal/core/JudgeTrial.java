package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A judge with a key, a broker to give away, and requests to judge. */
abstract class JudgeTrial {

  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final NodeIdentity ORACLE = Keys.key(1);
  static final NodeIdentity NODE = Keys.key(2);
  static final byte[] SECRET = "a secret of the broker".getBytes(StandardCharsets.UTF_8);
  static final JudgeSettings SETTINGS =
      new JudgeSettings(
          "2.10.370",
          "7.7.316",
          "3.5.49",
          "mainnet",
          true,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          100,
          30,
          100);

  final TestNetwork network = new TestNetwork();
  final DAuthJudge judge = new DAuthJudge(Keys.SIGNATURES, SETTINGS);
  final AnswerWriter writer =
      new AnswerWriter(
          ORACLE,
          new BrokerGrant(
              List.of("broker-a.example", "broker-b.example"),
              8883,
              true,
              Optional.empty(),
              SECRET),
          true);

  DAuthAnswer.Server server() {
    return new DAuthAnswer.Server(
        ORACLE.address(),
        ORACLE.evmAddress(),
        "oracle-1",
        "mainnet",
        "2.10.370",
        WireTime.seconds(NOW),
        7,
        "0:00:37");
  }

  static DAuthRequest request() {
    return new DAuthRequest(
        "abcd1234",
        "node-2",
        Optional.of("2.10.370"),
        Optional.of("3.5.49"),
        Optional.of("7.7.316"),
        Optional.of(NOW),
        Optional.of("instance-1"));
  }

  static DAuthRequest library() {
    return new DAuthRequest(
        "abcd1234",
        "direct-call",
        Optional.empty(),
        Optional.of("3.5.49"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ObjectNode signed(DAuthRequest request) {
    return DAuthRequest.body(request.compose(NODE));
  }

  JsonNode answer(ObjectNode body, Instant now) {
    ObjectNode answer =
        writer.write(judge.judge(body, network, now), server(), List.of("0xai_x  o"), 0);
    assertThat(SignedMessage.verify(DAuthAnswer.result(answer), Keys.SIGNATURES).isValid())
        .isTrue();
    return answer;
  }

  void refuses(ObjectNode body, Instant now, DAuthError error, String words) {
    JsonNode auth = answer(body, now).path("result").path("auth");
    assertThat(auth.path("code").asText()).isEqualTo(error.code().text());
    assertThat(auth.path("error").asText()).contains(words);
    assertThat(settings(auth)).isEmpty();
  }

  static List<String> settings(JsonNode auth) {
    return auth.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> key.startsWith("EE_"))
        .toList();
  }
}

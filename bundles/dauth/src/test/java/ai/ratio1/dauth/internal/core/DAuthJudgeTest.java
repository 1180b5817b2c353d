package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Sighting;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.WireTime;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DAuthJudgeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final NodeIdentity ORACLE = Keys.key(1);
  private static final NodeIdentity NODE = Keys.key(2);
  private static final byte[] SECRET = "a secret of the broker".getBytes(StandardCharsets.UTF_8);
  private static final JudgeSettings SETTINGS =
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

  private final TestNetwork network = new TestNetwork();
  private final DAuthJudge judge = new DAuthJudge(Keys.SIGNATURES, SETTINGS);
  private final AnswerWriter writer =
      new AnswerWriter(
          ORACLE,
          new BrokerGrant(
              List.of("broker-a.example", "broker-b.example"),
              8883,
              true,
              Optional.empty(),
              SECRET),
          true);

  private DAuthAnswer.Server server() {
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

  private static DAuthRequest request() {
    return new DAuthRequest(
        "abcd1234",
        "node-2",
        Optional.of("2.10.370"),
        Optional.of("3.5.49"),
        Optional.of("7.7.316"),
        Optional.of(NOW),
        Optional.of("instance-1"));
  }

  private static DAuthRequest library() {
    return new DAuthRequest(
        "abcd1234",
        "direct-call",
        Optional.empty(),
        Optional.of("3.5.49"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ObjectNode signed(DAuthRequest request) {
    return DAuthRequest.body(request.compose(NODE));
  }

  private JsonNode answer(ObjectNode body, Instant now) {
    ObjectNode answer =
        writer.write(judge.judge(body, network, now), server(), List.of("0xai_x  o"), 0);
    assertThat(SignedMessage.verify(DAuthAnswer.result(answer), Keys.SIGNATURES).isValid())
        .isTrue();
    return answer;
  }

  private void refuses(ObjectNode body, Instant now, DAuthError error, String words) {
    JsonNode auth = answer(body, now).path("result").path("auth");
    assertThat(auth.path("code").asText()).isEqualTo(error.code().text());
    assertThat(auth.path("error").asText()).contains(words);
    assertThat(settings(auth)).isEmpty();
  }

  private static List<String> settings(JsonNode auth) {
    return auth.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> key.startsWith("EE_"))
        .toList();
  }

  static List<Vectors.Vector> captured() {
    return Vectors.of("dauth");
  }

  /** What official servers were seen to decide and say. */
  @ParameterizedTest
  @MethodSource("captured")
  void decidesAndSaysWhatGenuineServersDo(Vectors.Vector vector) {
    ObjectNode document = (ObjectNode) vector.input().get("request_json");
    JsonNode expected = vector.expected().get("response_json").get("result");
    JsonNode actual = answer(DAuthRequest.body(document), NOW).get("result");

    assertThat(actual.path("error")).isEqualTo(expected.path("error"));
    assertThat(actual.path("auth").path("error")).isEqualTo(expected.path("auth").path("error"));
    assertThat(actual.path("server_info")).isEqualTo(expected.path("server_info"));
    assertThat(actual.path("auth").has("EE_MQTT")).isEqualTo(expected.path("auth").has("EE_MQTT"));
    for (String key :
        List.of("EE_MQTT_SUBTOPIC", "EE_MQTT_CERT", "EE_SECURED", "EE_SUPERVISOR", "whitelist")) {
      assertThat(actual.path("auth").path(key)).isEqualTo(expected.path("auth").path(key));
    }
    expected.fieldNames().forEachRemaining(name -> assertThat(actual.has(name)).as(name).isTrue());
    assertThat(fieldNames(answer(DAuthRequest.body(document), NOW)))
        .isEqualTo(fieldNames(vector.expected().get("response_json")));
  }

  private static Set<String> fieldNames(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void givesALicensedNodeItsAccount() {
    network.active.add(NODE.evmAddress());
    JsonNode result = answer(signed(request()), NOW).path("result");
    JsonNode auth = result.path("auth");
    assertThat(auth.path("error").asText())
        .isEqualTo("INFO: Edge Node v2.10.370 pre-accepted for dAuth request.");
    assertThat(auth.has("code")).isFalse();
    assertThat(auth.path("EE_MQTT_HOST").asText()).isEqualTo("broker-a.example");
    assertThat(auth.path("EE_MQTT_PORT").textValue()).isEqualTo("8883");
    assertThat(auth.path("EE_MQTT_USER").asText()).isEqualTo(NODE.address().text());
    assertThat(BrokerCredential.check(SECRET, NODE.address().text(), auth.path("EE_MQTT").asText()))
        .contains(BrokerCredential.Role.NODE);
    assertThat(auth.path("EE_SUPERVISOR").isBoolean()).isTrue();
    assertThat(auth.path("EE_SUPERVISOR").booleanValue()).isFalse();
    assertThat(auth.path("whitelist")).hasSize(1);
    assertThat(result.path("nonce").asText()).isEqualTo("abcd1234");
    assertThat(auth.properties()).noneMatch(field -> field.getValue().isNull());
  }

  @Test
  void givesAClientTheAccountOfAClientWithoutALicence() {
    JsonNode auth = answer(signed(library()), NOW).path("result").path("auth");
    assertThat(BrokerCredential.check(SECRET, NODE.address().text(), auth.path("EE_MQTT").asText()))
        .contains(BrokerCredential.Role.CLIENT);
    assertThat(auth.path("whitelist")).isEmpty();
  }

  @Test
  void givesAnOracleTheAccountOfAnOracle() {
    network.active.add(NODE.evmAddress());
    network.oracles.add(NODE.evmAddress());
    JsonNode auth = answer(signed(request()), NOW).path("result").path("auth");
    assertThat(BrokerCredential.check(SECRET, NODE.address().text(), auth.path("EE_MQTT").asText()))
        .contains(BrokerCredential.Role.ORACLE);
    assertThat(auth.path("EE_SUPERVISOR").booleanValue()).isTrue();
  }

  @Test
  void givesOutTheBrokersHostsInTurn() {
    Ruling ruling = judge.judge(signed(library()), network, NOW);
    assertThat(writer.write(ruling, server(), List.of(), 1).toString())
        .contains("broker-b.example");
    assertThat(writer.write(ruling, server(), List.of(), -1).toString())
        .contains("broker-b.example");
  }

  @Test
  void refusesANodeWithoutALicence() {
    refuses(
        signed(request()),
        NOW,
        DAuthError.NOT_LICENSED,
        "Node not allowed to request auth data. node 0x");
  }

  @Test
  void refusesWhileTheChainIsAway() {
    network.active.add(NODE.evmAddress());
    network.chainAway = true;
    refuses(
        signed(request()),
        NOW,
        DAuthError.UNDECIDED,
        "Node not allowed to request auth data. Error checking if node is allowed (0x");
  }

  @Test
  void refusesAForeignEvmAddressEvenInAnotherCase() {
    ObjectNode body = signed(request());
    String address = body.get("EE_ETH_SENDER").asText();
    body.put("EE_ETH_SENDER", "0x0000000000000000000000000000000000000001");
    String words = "Sender eth address and recovered eth address do not match.";
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
    body.put("EE_ETH_SENDER", address.toLowerCase(Locale.ROOT));
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
    body.remove("EE_ETH_SENDER");
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
  }

  @Test
  void refusesAForgedSender() {
    NodeIdentity forger = Keys.key(3);
    ObjectNode body = DAuthRequest.body(request().compose(forger));
    body.put("EE_SENDER", NODE.address().text());
    body.put("EE_ETH_SENDER", Eip55.format(NODE.evmAddress()));
    refuses(body, NOW, DAuthError.INVALID_SIGNATURE, "Invalid request signature: ");
  }

  @Test
  void refusesARequestWithoutADigest() {
    ObjectNode body = signed(library());
    body.remove("EE_HASH");
    refuses(body, NOW, DAuthError.INVALID_SIGNATURE, "Invalid request signature: ");
  }

  @Test
  void refusesAnUnknownSenderWithoutEchoingAnything() {
    ObjectNode body = signed(request());
    body.put("EE_SENDER", "0xai_nobody");
    JsonNode result = answer(body, NOW).path("result");
    assertThat(result.has("auth")).isFalse();
    assertThat(result.path("code").asText()).isEqualTo("R1-DAUTH-101");
    assertThat(result.toString()).doesNotContain("EE_MQTT");
  }

  @Test
  void refusesByAgeAtTheEdge() {
    network.active.add(NODE.evmAddress());
    refuses(signed(request()), NOW.plusMillis(30_001), DAuthError.EXPIRED, "expired");
    refuses(signed(request()), NOW.minusMillis(30_001), DAuthError.FROM_THE_FUTURE, "future");
    assertThat(answer(signed(later(1)), NOW.plusMillis(31_000)).toString()).contains("EE_MQTT");
    assertThat(answer(signed(later(2)), NOW.minusMillis(28_000)).toString()).contains("EE_MQTT");
  }

  @Test
  void answersARequestOnce() {
    network.active.add(NODE.evmAddress());
    ObjectNode body = signed(request());
    assertThat(answer(body, NOW).toString()).contains("EE_MQTT");
    refuses(body, NOW, DAuthError.REPLAYED, "replay");
    // Another spelling of the sender and another EVM signature do not make it another request.
    body.put("EE_SENDER", NODE.address().withoutPrefix());
    body.put("EE_ETH_SIGN", "0x00");
    refuses(body, NOW, DAuthError.REPLAYED, "replay");
    Ruling later = judge.with(SETTINGS).judge(body, network, NOW);
    assertThat(later).isInstanceOf(Ruling.Refused.class);
  }

  @Test
  void anOracleThatHearsNobodyDoesNotDecide() {
    network.active.add(NODE.evmAddress());
    network.deaf = true;
    refuses(signed(request()), NOW, DAuthError.UNDECIDED, "hears no beats");
  }

  @Test
  void refusesASecondInstanceWhileTheFirstIsAlive() {
    network.active.add(NODE.evmAddress());
    Sighting seen =
        new Sighting(NODE.address(), NODE.evmAddress(), "n", "instance-0", NOW, NOW, true);
    network.sightings.put(NODE.evmAddress(), seen);
    refuses(signed(request()), NOW, DAuthError.SECOND_INSTANCE, "another instance");
    assertThat(answer(signed(later(30)), NOW.plusSeconds(30)).toString()).contains("EE_MQTT");
  }

  @Test
  void letsTheSameInstanceAskAgain() {
    network.active.add(NODE.evmAddress());
    for (String instance : List.of("instance-1", "")) {
      network.sightings.put(
          NODE.evmAddress(),
          new Sighting(NODE.address(), NODE.evmAddress(), "n", instance, NOW, NOW, true));
      ObjectNode body = signed(later(instance.length()));
      assertThat(answer(body, NOW).toString()).contains("EE_MQTT");
    }
  }

  @Test
  void limitsASenderAndNobodyElse() {
    network.active.add(NODE.evmAddress());
    for (int i = 0; i < 30; i++) {
      assertThat(answer(signed(later(i)), NOW).toString()).contains("EE_MQTT");
    }
    refuses(signed(later(30)), NOW, DAuthError.TOO_OFTEN, "Too many");
    NodeIdentity other = Keys.key(3);
    network.active.add(other.evmAddress());
    assertThat(answer(DAuthRequest.body(request().compose(other)), NOW).toString())
        .contains("EE_MQTT");
  }

  @Test
  void refusesFieldsOfAnotherType() {
    ObjectNode body = Json.object();
    body.put("nonce", 7);
    SignedMessage.sign(body, NODE);
    refuses(body, NOW, DAuthError.MALFORMED, "nonce");
  }

  private static DAuthRequest later(int seconds) {
    DAuthRequest r = request();
    return new DAuthRequest(
        "n" + seconds,
        r.alias(),
        r.appVersion(),
        r.sdkVersion(),
        r.coreVersion(),
        Optional.of(NOW.plusSeconds(seconds)),
        r.instance());
  }

  private enum Flaw {
    FORGED,
    FOREIGN_EVM_ADDRESS,
    CORE_ONLY,
    TOO_OLD,
    UNLICENSED,
    CHAIN_AWAY,
    EXPIRED,
    FUTURE,
    REPLAYED,
    SECOND_INSTANCE,
    UNSIGNED
  }

  /** Whatever is wrong, alone or together: an account goes out only when nothing is. */
  @Property(tries = 300)
  void nobodyWhoFailsACheckGetsAnAccount(@ForAll Set<Flaw> flaws) {
    DAuthJudge fresh = new DAuthJudge(Keys.SIGNATURES, SETTINGS);
    TestNetwork facts = new TestNetwork();
    ObjectNode body = flawed(flaws, facts);
    Instant now =
        flaws.contains(Flaw.EXPIRED)
            ? NOW.plusSeconds(60)
            : flaws.contains(Flaw.FUTURE) ? NOW.minusSeconds(60) : NOW;
    if (flaws.contains(Flaw.REPLAYED)) {
      fresh.judge(body, facts, now);
    }
    ObjectNode answer = writer.write(fresh.judge(body, facts, now), server(), List.of(), 0);
    assertThat(answer.toString().contains("EE_MQTT")).isEqualTo(flaws.isEmpty());
  }

  private static ObjectNode flawed(Set<Flaw> flaws, TestNetwork facts) {
    DAuthRequest plain = request();
    ObjectNode body =
        DAuthRequest.body(
            new DAuthRequest(
                    plain.nonce(),
                    plain.alias(),
                    flaws.contains(Flaw.CORE_ONLY)
                        ? Optional.empty()
                        : Optional.of(flaws.contains(Flaw.TOO_OLD) ? "2.0.0" : "2.10.370"),
                    plain.sdkVersion(),
                    plain.coreVersion(),
                    plain.timestamp(),
                    plain.instance())
                .compose(NODE));
    EnumSet<Flaw> set = flaws.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(flaws);
    if (!set.contains(Flaw.UNLICENSED)) {
      facts.active.add(NODE.evmAddress());
    }
    facts.chainAway = set.contains(Flaw.CHAIN_AWAY);
    if (set.contains(Flaw.SECOND_INSTANCE)) {
      // Seen at the very end of the longest wait a flaw of time can make.
      Instant seen = NOW.plusSeconds(set.contains(Flaw.EXPIRED) ? 60 : 0);
      facts.sightings.put(
          NODE.evmAddress(),
          new Sighting(NODE.address(), NODE.evmAddress(), "n", "other", seen, seen, true));
    }
    if (set.contains(Flaw.FORGED)) {
      body.put("sender_alias", "forged");
    }
    if (set.contains(Flaw.FOREIGN_EVM_ADDRESS)) {
      body.put("EE_ETH_SENDER", "0x0000000000000000000000000000000000000001");
    }
    if (set.contains(Flaw.UNSIGNED)) {
      body.remove("EE_SIGN");
    }
    return body;
  }

  /** The judge sees only what the parser let through, but of that, anything. */
  @Property(tries = 300)
  void neverFailsOnForeignDocuments(@ForAll("documents") String text) {
    JsonNode document = new Json(JsonLimits.DEFAULT).parse(text);
    if (document instanceof ObjectNode body) {
      assertThat(judge.judge(body, network, NOW)).isNotInstanceOf(Ruling.Accepted.class);
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> values =
        Arbitraries.of(
            "1",
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "1e400",
            "\"" + "A".repeat(300) + "\"",
            "\"" + NODE.address().text() + "\"",
            "\"v2\"",
            "\"v3\"",
            "[[1]]",
            "\"MEUCIQ==\"");
    Arbitrary<String> names =
        Arbitraries.of(
            "EE_SENDER",
            "EE_SIGN",
            "EE_HASH",
            "EE_ETH_SENDER",
            "SIGN_CANON_V",
            "nonce",
            "timestamp",
            "instance",
            "sender_app_ver",
            "sender_sdk_ver");
    return Combinators.combine(names, values)
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .ofMaxSize(8)
        .map(fields -> "{" + String.join(",", fields) + "}");
  }
}

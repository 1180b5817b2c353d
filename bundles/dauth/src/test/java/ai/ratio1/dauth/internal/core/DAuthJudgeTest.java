package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Sighting;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets which account, and how often. */
class DAuthJudgeTest extends JudgeTrial {

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
}

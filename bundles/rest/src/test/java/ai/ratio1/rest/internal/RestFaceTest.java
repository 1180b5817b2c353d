package ai.ratio1.rest.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.availability.Heartbeat;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.chain.Licences;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.Session;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the doors of the node say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestFaceTest extends RestTrial {

  @Test
  void tellsWhatTheNodeIs() {
    bringEverything();
    JsonNode status = get("/v1/status");
    assertThat(status.path("role").asText()).isEqualTo("ORACLE");
    assertThat(status.path("session").path("licence").asText()).isEqualTo("ND-7");
    assertThat(status.path("epoch").path("epoch").asInt()).isEqualTo(2);
    assertThat(status.path("epoch").path("slot").asInt()).isEqualTo(4);
    assertThat(status.path("now").asText()).isEqualTo("2026-11-21T10:01:02.250Z");
    assertThat(status.path("chain").path("chainId").textValue()).isEqualTo("31337");
    assertThat(status.path("ready").booleanValue()).isTrue();
    assertThat(status.path("bundles").toString()).contains("ai.ratio1.rest");
  }

  @Test
  void tellsWhoRefusesItsSettings() {
    assertThat(get("/v1/status").path("settingsRefused").isEmpty()).isTrue();
    bringEverything();
    assertThat(get("/v1/status").path("settingsRefused"))
        .hasToString(
            "[{\"pid\":\"ai.ratio1.x\",\"code\":\"R1-SETTINGS-001\","
                + "\"message\":\"port is the Integer \\\"0\\\".\","
                + "\"nextStep\":\"Give it another value.\"}]");
  }

  @Test
  void servicesComeAndGoUnderIt() {
    bringEverything();
    assertThat(call("GET", "/readyz", "").status()).isEqualTo(200);
    take(Session.class);
    Response notReady = call("GET", "/readyz", "");
    assertThat(notReady.status()).isEqualTo(503);
    assertThat(json(notReady).path("reasons").path(0).asText()).contains("No session");
    assertThat(get("/v1/status").path("role").isNull()).isTrue();
    bring(Session.class, TestServices.all().get(Session.class));
    assertThat(call("GET", "/readyz", "").status()).isEqualTo(200);
  }

  @Test
  void isReadyWithTheFirstBeatOfTheSession() {
    bringEverything();
    take(Heartbeat.class);
    post(NodeEvents.FIRST_BEAT, Map.of("message", "The first beat left the node."));
    await(() -> call("GET", "/readyz", "").status() == 200);
  }

  @Test
  void isHealthyWhileItsBundlesAre() throws Exception {
    assertThat(call("GET", "/healthz", "").status()).isEqualTo(200);
    var bundle =
        Arrays.stream(framework.context().getBundles())
            .filter(b -> b.getSymbolicName().contains("eventadmin"))
            .findFirst()
            .orElseThrow();
    bundle.stop();
    try {
      Response failing = call("GET", "/healthz", "");
      assertThat(failing.status()).isEqualTo(503);
      assertThat(json(failing).path("failing").path(0).path("name").asText())
          .contains("eventadmin");
    } finally {
      bundle.start();
    }
  }

  @Test
  void explainsAnEpoch() {
    bringEverything();
    JsonNode epoch = get("/v1/epochs/1");
    assertThat(epoch.path("signers").toString()).isEqualTo("[0,1,2]");
    assertThat(epoch.path("certificate").path("outcome").path("excluded").toString())
        .isEqualTo("[3]");
    JsonNode row = epoch.path("rows").path(0);
    assertThat(row.path("agreed").asInt()).isEqualTo(240);
    assertThat(row.path("observed").path(0).path("value").asInt()).isEqualTo(240);
    assertThat(row.path("own").path("missed").path(0).path("slots").asInt()).isEqualTo(3);
    assertThat(get("/v1/epochs/1?node=" + TestServices.OWNER).path("rows")).isEmpty();
    assertThat(get("/v1/epochs/1?offset=1&limit=5").path("rows")).isEmpty();
    refuses(404, "R1-REST-103", "/v1/epochs/9");
    refuses(400, "R1-REST-101", "/v1/epochs/nine");
    refuses(400, "R1-REST-101", "/v1/epochs/1?limit=0");
    refuses(400, "R1-REST-101", "/v1/epochs/1?node=0x12");
    refuses(400, "R1-REST-101", "/v1/epochs?limit=1000");
  }

  @Test
  void servesWhatProvesAnEpoch() {
    bringEverything();
    assertThat(get("/v1/epochs/1/artefacts").path("format").asText()).isEqualTo("made up");
    JsonNode slots = get("/v1/epochs/1/slots/" + TestServices.NODE);
    assertThat(slots.path("present").asInt()).isEqualTo(57);
    assertThat(slots.path("path")).hasSize(1);
    refuses(404, "R1-REST-107", "/v1/epochs/9/artefacts");
    refuses(404, "R1-REST-108", "/v1/epochs/1/slots/" + TestServices.OWNER);
    refuses(400, "R1-REST-101", "/v1/epochs/1/slots/0x12");
    refuses(404, "R1-REST-106", "/v1/epochs/1/slots");
    refuses(404, "R1-REST-106", "/v1/epochs/1/artefacts/more");
  }

  @Test
  void signsWhatItFoundAboutAClaim() {
    bringEverything();
    JsonNode found = get("/v1/epochs/1/capability/" + TestServices.NODE);
    assertThat(found.path("claim").path("cores").asInt()).isEqualTo(64);
    assertThat(found.path("verdicts").path("cores").asText()).isEqualTo("WRONG");
    assertThat(found.path("verdicts").path("memory").asText()).isEqualTo("MISSING");
    assertThat(found.path("verdicts").path("gpu").asText()).isEqualTo("UNPROVEN");
    assertThat(found.path("wrongSegment").asInt()).isEqualTo(71);
    assertThat(found.path("evidence").asText()).isEqualTo("0x0102");
    assertThat(found.path("signature").asText()).hasSize(132);
    refuses(404, "R1-REST-109", "/v1/epochs/1/capability/" + TestServices.OWNER);
    refuses(400, "R1-REST-101", "/v1/epochs/1/capability/0x12");
    take(CapabilityLedger.class);
    refuses(503, "R1-REST-105", "/v1/epochs/1/capability/" + TestServices.NODE);
  }

  @Test
  void signsADisputeAndNothingElse() {
    bringEverything();
    JsonNode signed = json(call("POST", "/v1/disputes", DISPUTE));
    assertThat(signed.path("node").asText()).isEqualToIgnoringCase(TestServices.NODE.toHex());
    assertThat(signed.path("bitmap").asText()).isEqualTo("0x07" + "00".repeat(7));
    assertThat(signed.path("at").asText()).isEqualTo("2026-11-21T10:01:02Z");
    assertThat(signed.path("signature").asText()).hasSize(132);
    assertThat(door("/v1/disputes").audience()).isEqualTo(Audience.OPERATOR);
    for (String wrong :
        List.of(
            "[]",
            "{",
            DISPUTE.replace("240", "256"),
            DISPUTE.replace("0xcd", "0xc"),
            DISPUTE.replace("no uplink", "x".repeat(1001)),
            DISPUTE.replace("\"epoch\": 1", "\"epoch\": -1"))) {
      assertThatExceptionOfType(ProblemException.class)
          .as(wrong)
          .isThrownBy(() -> call("POST", "/v1/disputes", wrong))
          .satisfies(e -> assertThat(e.code().text()).isEqualTo("R1-REST-101"));
    }
  }

  @Test
  void provesAClaim() {
    bringEverything();
    JsonNode claim = get("/v1/rewards/ND/7");
    assertThat(claim.path("weight").textValue()).isEqualTo("1237940039285380274899124224");
    assertThat(claim.path("path")).hasSize(2);
    refuses(404, "R1-REST-104", "/v1/rewards/GND/1");
    refuses(400, "R1-REST-101", "/v1/rewards/XX/1");
    refuses(400, "R1-REST-101", "/v1/rewards");
  }

  @Test
  void sendsEdgeNodesToAnOracle() {
    bringEverything();
    take(Epochs.class);
    refuses(404, "R1-REST-102", "/v1/epochs");
    refuses(404, "R1-REST-102", "/v1/epochs/1");
    refuses(404, "R1-REST-102", "/v1/rewards/ND/7");
  }

  @Test
  void signsItsConsentToBeLinked() {
    bringEverything();
    JsonNode signed = json(call("POST", "/v1/link-authorisations", WISH));
    assertThat(signed.path("authorisation").path("node").asText())
        .isEqualToIgnoringCase(TestServices.NODE.toHex());
    assertThat(signed.path("authorisation").path("nonce").textValue()).isEqualTo("2");
    assertThat(signed.path("digest").asText()).startsWith("0x0702");
    assertThat(signed.path("signature").asText()).hasSize(132);
    assertThat(door("/v1/link-authorisations").audience()).isEqualTo(Audience.OPERATOR);
    take(Licences.class);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> call("POST", "/v1/link-authorisations", WISH))
        .satisfies(e -> assertThat(e.status()).isEqualTo(503));
  }

  @Test
  void keepsTheLatestEvents() {
    String marker = "marker-" + System.nanoTime();
    post(NodeEvents.PEER_ANSWERED, Map.of("message", marker, "code", "R1-DAUTH-110"));
    JsonNode event =
        await(
            () -> {
              for (JsonNode candidate : get("/v1/events").path("events")) {
                if (candidate.path("properties").path("message").asText().equals(marker)) {
                  return candidate;
                }
              }
              return null;
            });
    assertThat(event.path("topic").asText()).isEqualTo(NodeEvents.PEER_ANSWERED);
    assertThat(event.path("properties").path("code").asText()).isEqualTo("R1-DAUTH-110");
    long id = event.path("id").asLong();
    for (int i = 0; i < 12; i++) {
      post(NodeEvents.BEAT_REFUSED, Map.of("message", "refused"));
    }
    await(() -> get("/v1/events?after=" + id).path("newest").asLong() == id + 12);
    JsonNode page = get("/v1/events?after=" + id);
    assertThat(page.path("missed").asLong()).isEqualTo(2);
    assertThat(page.path("events")).hasSize(10);
    assertThat(get("/v1/events?after=" + id + "&limit=1").path("last").asLong()).isEqualTo(id + 3);
    refuses(400, "R1-REST-101", "/v1/events?after=-1");
  }

  @Test
  void servesNothingBelowAPathThatEnds() {
    refuses(404, "R1-REST-106", "/v1/status/x");
    refuses(404, "R1-REST-106", "/healthz/x");
  }

  @Test
  void keepsTheLastGoodConfiguration() throws Exception {
    framework.give(RestConfig.PID, Map.of("events.kept", 10, "alias", "node-7"));
    assertThat(get("/v1/identity").path("alias").asText()).isEqualTo("node-7");
    framework.give(RestConfig.PID, Map.of("events.kept", 1, "alias", "other"));
    assertThat(get("/v1/identity").path("alias").asText()).isEqualTo("node-7");
    framework.give(RestConfig.PID, Map.of("events.kept", 10, "alias", "node-8"));
    assertThat(get("/v1/identity").path("alias").asText()).isEqualTo("node-8");
    assertThat(framework.all(Door.class)).hasSize(10);
  }
}

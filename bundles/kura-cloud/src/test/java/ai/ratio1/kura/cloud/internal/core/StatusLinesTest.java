package ai.ratio1.kura.cloud.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

  private static final String WORKING =
      """
      {"alias": "<b>", "role": "ORACLE", "ready": true, "boot": {"stage": "READY", "code": null},
       "session": {"licence": "ND-1", "since": "2026-11-28T08:00:00Z"},
       "link": {"connected": true, "since": "2026-11-28T08:00:01Z", "broker": "ssl://<i>:8883"},
       "chain": {"chainId": "8453", "finalised": {"number": "120", "hash": "0x1"}},
       "epoch": {"epoch": 12, "slot": 3, "slots": 24, "newestCertified": 11}}
      """;

  /** Whatever the web admin may take for markup, and whatever may hold some. */
  private static final String HARMLESS = "[A-Za-z0-9 ,:().-]{1,80}";

  private final Map<String, byte[]> answers = new HashMap<>();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Commands commands =
      new Commands(
          path -> Optional.ofNullable(answers.get(path)).map(body -> new Fixed(path, body)),
          (words, e) -> failures.add(e));

  private record Fixed(String path, byte[] body) implements Door {

    @Override
    public Audience audience() {
      return Audience.LOCAL;
    }

    @Override
    public Response handle(Request request) {
      return new Response(200, "application/json", body);
    }
  }

  private Map<String, String> lines(String status) {
    answers.put("/v1/status", status.getBytes(StandardCharsets.UTF_8));
    return StatusLines.of(commands);
  }

  private static ObjectNode working() throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(WORKING);
  }

  @Test
  void aNodeThatTakesPart() {
    answers.put("/v1/bundles", "{\"down\": []}".getBytes(StandardCharsets.UTF_8));
    assertThat(lines(WORKING))
        .isEqualTo(
            Map.of(
                "Service Status", "READY",
                "Session", "held since 2026-11-28T08:00:00Z",
                "Broker", "connected since 2026-11-28T08:00:01Z",
                "Chain", "chain 8453, finalised block 120",
                "Epoch", "12, slot 3 of 24",
                "Last certified epoch", "11",
                "Bundles not active", "0"));
  }

  @Test
  void aNodeThatIsLockedOut() throws IOException {
    answers.put("/v1/bundles", "{\"down\": [{}, {}]}".getBytes(StandardCharsets.UTF_8));
    ObjectNode status = working().put("ready", false);
    status.putNull("role").putNull("session").putNull("epoch");
    status.withObject("boot").put("code", "R1-DAUTH-004");
    status.withObject("link").put("connected", false);
    status.withObject("chain").putNull("finalised");
    assertThat(lines(status.toString()))
        .isEqualTo(
            Map.of(
                "Service Status", "NOT READY: no session (R1-DAUTH-004)",
                "Session", "none",
                "Broker", "not connected",
                "Chain", "chain 8453, finalised block unknown",
                "Epoch", "unknown",
                "Last certified epoch", "unknown",
                "Bundles not active", "2"));
  }

  @Test
  void anEdgeNodeThatHasNotBeatenYet() throws IOException {
    ObjectNode status = working().put("ready", false).put("role", "EDGE");
    status.withObject("epoch").putNull("newestCertified");
    assertThat(lines(status.toString()))
        .containsEntry("Service Status", "NOT READY: no beat left the node yet")
        .containsEntry("Last certified epoch", "oracles know it")
        .containsEntry("Bundles not active", "unknown");
  }

  @Test
  void whatDoesNotAnswerOrSaysNothingIsUnknown() {
    assertThat(StatusLines.of(commands)).isEqualTo(StatusLines.unknown());
    for (String answer :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "\"<b>\"",
            "{\"ready\":",
            "{\"ready\": 1}",
            "[".repeat(5000),
            "{\"epoch\": {\"epoch\": 1" + "0".repeat(2000) + "}}",
            "{\"ready\": true, \"alias\": \"" + "x".repeat(1 << 16) + "\"}")) {
      answers.put("/v1/bundles", answer.getBytes(StandardCharsets.UTF_8));
      assertThat(lines(answer)).as("%.30s", answer).isEqualTo(StatusLines.unknown());
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void theLinesAreAlwaysTheSame() {
    assertThat(lines(WORKING)).containsOnlyKeys(StatusLines.unknown().keySet());
    assertThat(StatusLines.unknown().values()).containsOnly("unknown");
    assertThat(StatusLines.unknown()).doesNotContainKey("Connection Name");
  }

  /** Every text and number of the answer, exchanged for a stranger's. */
  @Property
  void nothingThatTheNodeSaysIsCopied(@ForAll("strangers") Object stranger) throws IOException {
    for (boolean ready : new boolean[] {true, false}) {
      ObjectNode status = working().put("ready", ready);
      if (!ready) {
        status.putNull("session");
      }
      for (String view : List.of("boot", "link", "chain", "epoch")) {
        ObjectNode object = status.withObject(view);
        object.fieldNames().forEachRemaining(name -> put(object, name, stranger));
        put(object, "code", stranger);
        put(object, "connected", true);
      }
      put(status.withObject("chain").putObject("finalised"), "number", stranger);
      put(status, "role", stranger);
      assertThat(lines(status.toString()).values()).allMatch(value -> value.matches(HARMLESS));
    }
  }

  @Provide
  Arbitrary<Object> strangers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(100).map(text -> (Object) text),
        Arbitraries.of(
            "<img src=x onerror=alert(1)>",
            "R1-DAUTH-004<b>",
            "R1-DAUTH-004\n",
            "2026-11-28T08:00:00Z<b>",
            "&lt;",
            "12<",
            "\u0661\u0662"),
        Arbitraries.doubles().map(number -> (Object) number),
        Arbitraries.longs().map(number -> (Object) number));
  }

  private static void put(ObjectNode object, String name, Object value) {
    object.set(name, new ObjectMapper().valueToTree(value));
  }
}

package ai.ratio1.http.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which door answers a call, and what becomes of its answer. */
class GateTest extends GateTrial {

  @Test
  void theLongestMatchingDoorAnswersAndSeesThePathBelowIt() {
    open("/v1", Audience.LOCAL, request -> Response.text(200, "outer " + request.path()));
    open("/v1/epochs", Audience.LOCAL, GateTest::echo);
    assertThat(text(gate.answer(query("/v1/epochs/7", "limit=3&limit=4&x=a%20b"), NOTHING)))
        .isEqualTo("GET /7 {limit=3, x=a b} 127.0.0.1");
    assertThat(text(gate.answer(get("/v1/epochs"), NOTHING))).startsWith("GET  ");
    assertThat(text(gate.answer(get("/v1/epochsofar"), NOTHING))).isEqualTo("outer /epochsofar");
  }

  @Test
  void anUnknownPathIsAProblem() throws IOException {
    refused(get("/nowhere"), 404, "R1-HTTP-105");
  }

  @Test
  void anUnservedMethodIsAProblemThatNamesTheServedOnes() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    Answer answer = gate.answer(call("DELETE", "/x", "127.0.0.1", "localhost"), NOTHING);
    assertThat(problem(answer).path("code").asText()).isEqualTo("R1-HTTP-106");
    assertThat(answer.headers(false)).containsEntry("Allow", "GET, POST");
  }

  @Test
  void headIsServedByTheDoorAsGet() {
    open("/x", Audience.LOCAL, GateTest::echo);
    assertThat(text(gate.answer(call("HEAD", "/x", "127.0.0.1", "localhost"), NOTHING)))
        .startsWith("GET");
  }

  @Test
  void codedFailuresKeepTheirStatusAndOthersTellNothing() throws IOException {
    ErrorCode code = new ErrorCode("R1-TEST-001");
    open(
        "/coded",
        Audience.LOCAL,
        request -> {
          throw new R1Exception(code, "It \"broke\".\n", "Mend it.");
        });
    open(
        "/gone",
        Audience.LOCAL,
        request -> {
          throw new ProblemException(404, code, "Gone.", "Look elsewhere.");
        });
    open(
        "/broken",
        Audience.LOCAL,
        request -> {
          throw new IllegalStateException("secret detail");
        });
    refused(get("/coded"), 400, "R1-TEST-001");
    assertThat(problem(gate.answer(get("/coded"), NOTHING)).path("detail").asText())
        .isEqualTo("It \"broke\".\n");
    refused(get("/gone"), 404, "R1-TEST-001");
    refused(get("/broken"), 500, "R1-HTTP-111");
    assertThat(text(gate.answer(get("/broken"), NOTHING))).doesNotContain("secret");
    assertThat(failures).hasSize(2);
  }

  @Test
  void sizesAreCheckedBeforeAnythingElse() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(get("/x" + "y".repeat(2047)), 414, "R1-HTTP-102");
    refused(query("/x", "y".repeat(2047)), 414, "R1-HTTP-102");
    Call large =
        new Call(
            "POST",
            "/x",
            Optional.empty(),
            "127.0.0.1",
            true,
            Optional.of("localhost"),
            Optional.empty(),
            Optional.empty(),
            false,
            101);
    refused(large, 413, "R1-HTTP-103");
    Answer streamed =
        gate.answer(
            call("POST", "/x", "127.0.0.1", "localhost"),
            Body.of(new ByteArrayInputStream(new byte[101]), () -> false));
    assertThat(problem(streamed).path("code").asText()).isEqualTo("R1-HTTP-103");
    assertThat(streamed.close()).isTrue();
  }

  @Test
  void aBodyAtTheLimitArrivesWhole() {
    open("/x", Audience.LOCAL, request -> new Response(200, "a/b", request.body()));
    byte[] body = new byte[100];
    RANDOM.nextBytes(body);
    Answer answer =
        gate.answer(
            call("POST", "/x", "127.0.0.1", "localhost"),
            Body.of(new ByteArrayInputStream(body), () -> false));
    assertThat(answer.response().body()).isEqualTo(body);
  }

  @Test
  void aBodyThatTricklesEndsInTime() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    int[] reads = {0};
    InputStream trickle =
        new InputStream() {
          @Override
          public int read() {
            reads[0]++;
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
          }
        };
    Answer answer =
        gate.answer(
            call("POST", "/x", "127.0.0.1", "localhost"), Body.of(trickle, () -> reads[0] > 10));
    assertThat(problem(answer).path("code").asText()).isEqualTo("R1-HTTP-104");
    assertThat(reads[0]).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "%=1"})
  void aBrokenQueryIsAProblem(String query) throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(query("/x", query), 400, "R1-HTTP-101");
  }

  @Test
  void tooManyParametersAreAProblem() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      query.append('p').append(i).append("=1&");
    }
    refused(query("/x", query.toString()), 400, "R1-HTTP-101");
  }

  @Test
  void answersAreCountedByStatus() {
    open("/x", Audience.LOCAL, GateTest::echo);
    gate.answer(get("/x"), NOTHING);
    gate.answer(get("/x"), NOTHING);
    gate.answer(get("/y"), NOTHING);
    assertThat(gate.metrics())
        .contains(
            counted("200", 2),
            counted("404", 1),
            Metric.gauge("r1_http_doors", "Doors that are open.", 1));
  }

  @Test
  void aDoorNeedsAPlainPath() {
    assertThat(DoorTable.accepts(new TestDoor("/v1/x", Audience.LOCAL, Set.of(), GateTest::echo)))
        .isTrue();
    for (String path : List.of("", "/", "x", "/x/", "//x", "/x y", "/*")) {
      assertThat(DoorTable.accepts(new TestDoor(path, Audience.LOCAL, Set.of(), GateTest::echo)))
          .as(path)
          .isFalse();
    }
  }
}

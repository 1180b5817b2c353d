package ai.ratio1.http.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.Metric;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  private static final RandomGenerator RANDOM = new Random(7);
  private static final Body NOTHING = limit -> new byte[0];

  private final OperatorToken token = OperatorToken.generate(RANDOM);
  private final List<Door> doors = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();
  private long now = 1_000_000;
  private final Gate gate =
      new Gate(
          () -> new DoorTable(doors),
          token,
          new RateLimiter(60, 5, 100),
          () -> now,
          (path, e) -> failures.add(e),
          new GateSettings(100, 4));

  private record TestDoor(
      String path, Audience audience, Set<String> methods, Function<Request, Response> answer)
      implements Door {
    @Override
    public Response handle(Request request) {
      return answer.apply(request);
    }
  }

  private void open(String path, Audience audience, Function<Request, Response> answer) {
    doors.add(new TestDoor(path, audience, Set.of("GET", "POST"), answer));
  }

  private static Response echo(Request request) {
    return Response.text(
        200,
        request.method()
            + " "
            + request.path()
            + " "
            + new TreeMap<>(request.query())
            + " "
            + request.remote());
  }

  private static Call get(String path) {
    return call("GET", path, "127.0.0.1", "localhost:80");
  }

  private static Call stranger(String path) {
    return call("GET", path, "203.0.113.9", "node.example");
  }

  private static Call call(String method, String path, String remote, String host) {
    return new Call(
        method,
        path,
        Optional.empty(),
        remote,
        remote.startsWith("127."),
        Optional.of(host),
        Optional.empty(),
        Optional.empty(),
        false,
        -1);
  }

  private static Call with(Call c, String origin, String authorization, boolean forwarded) {
    return new Call(
        c.method(),
        c.path(),
        c.query(),
        c.remote(),
        c.loopback(),
        c.host(),
        Optional.ofNullable(origin),
        Optional.ofNullable(authorization),
        forwarded,
        c.length());
  }

  private static Call query(String path, String query) {
    Call c = get(path);
    return new Call(
        c.method(),
        path,
        Optional.of(query),
        c.remote(),
        true,
        c.host(),
        Optional.empty(),
        Optional.empty(),
        false,
        -1);
  }

  private static JsonNode problem(Answer answer) throws IOException {
    assertThat(answer.response().contentType()).isEqualTo("application/problem+json");
    JsonNode problem = new ObjectMapper().readTree(answer.response().body());
    assertThat(problem.path("status").asInt()).isEqualTo(answer.response().status());
    assertThat(problem.path("type").asText())
        .isEqualTo("urn:ratio1:error:" + problem.path("code").asText());
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("nextStep").asText()).isNotBlank();
    return problem;
  }

  private void refused(Call call, int status, String code) throws IOException {
    Answer answer = gate.answer(call, NOTHING);
    assertThat(answer.response().status()).isEqualTo(status);
    assertThat(problem(answer).path("code").asText()).isEqualTo(code);
  }

  private static String text(Answer answer) {
    return new String(answer.response().body(), StandardCharsets.UTF_8);
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:81", "127.0.0.1:5", "127.9.9.9", "[::1]:80"})
  void aLocalDoorTakesLoopbackNames(String host) {
    open("/x", Audience.LOCAL, GateTest::echo);
    assertThat(gate.answer(call("GET", "/x", "127.0.0.1", host), NOTHING).response().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil", "10.0.0.1"})
  void aLocalDoorRefusesReboundNames(String host) throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(call("GET", "/x", "127.0.0.1", host), 403, "R1-HTTP-107");
  }

  @Test
  void aLocalDoorRefusesStrangersProxiesAndForeignPages() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(call("GET", "/x", "203.0.113.9", "localhost"), 403, "R1-HTTP-107");
    refused(with(get("/x"), null, null, true), 403, "R1-HTTP-107");
    refused(with(get("/x"), "https://evil.example", null, false), 403, "R1-HTTP-107");
    refused(with(get("/x"), "null", null, false), 403, "R1-HTTP-107");
    assertThat(
            gate.answer(with(get("/x"), "http://localhost:3000", null, false), NOTHING)
                .response()
                .status())
        .isEqualTo(200);
  }

  @Test
  void anOperatorDoorNeedsTheToken() throws IOException {
    open("/x", Audience.OPERATOR, GateTest::echo);
    String secret = new String(token.secret(), StandardCharsets.US_ASCII);
    refused(get("/x"), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, "Bearer ", false), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, secret, false), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, "Bearer " + secret + "0", false), 401, "R1-HTTP-108");
    refused(with(stranger("/x"), null, "Bearer " + secret, false), 403, "R1-HTTP-107");
    Answer entered = gate.answer(with(get("/x"), null, "Bearer " + secret, false), NOTHING);
    assertThat(entered.response().status()).isEqualTo(200);
    assertThat(gate.answer(get("/x"), NOTHING).headers(false))
        .containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void aPublicDoorIsLimitedPerRemoteAndALocalDoorIsNot() throws IOException {
    open("/public", Audience.PUBLIC, GateTest::echo);
    open("/local", Audience.LOCAL, GateTest::echo);
    for (int i = 0; i < 5; i++) {
      assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
      assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
    }
    refused(stranger("/public"), 429, "R1-HTTP-110");
    refused(stranger("/nowhere"), 429, "R1-HTTP-110");
    assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
    assertThat(gate.answer(get("/public"), NOTHING).response().status()).isEqualTo(200);
    now += 1000;
    assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
    refused(stranger("/public"), 429, "R1-HTTP-110");
  }

  @Test
  void localCallersGetThroughWhileStrangersHoldTheirShare() throws Exception {
    CountDownLatch inside = new CountDownLatch(3);
    CountDownLatch leave = new CountDownLatch(1);
    open("/local", Audience.LOCAL, GateTest::echo);
    open(
        "/public",
        Audience.PUBLIC,
        request -> {
          inside.countDown();
          await(leave);
          return Response.text(200, "");
        });
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Answer>> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(pool.submit(() -> gate.answer(stranger("/public"), NOTHING)));
      }
      inside.await();
      refused(stranger("/public"), 503, "R1-HTTP-109");
      assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
      leave.countDown();
      for (Future<Answer> answer : held) {
        assertThat(answer.get().response().status()).isEqualTo(200);
      }
      assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
    } finally {
      pool.shutdownNow();
    }
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

  private static Metric counted(String status, double count) {
    return new Metric(
        "r1_http_answers_total",
        "Answers sent, by HTTP status.",
        Metric.Kind.COUNTER,
        Map.of("status", status),
        count);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package ai.ratio1.http.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.Metric;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A gate with doors to open, and calls to make. */
abstract class GateTrial {

  static final RandomGenerator RANDOM = new Random(7);
  static final Body NOTHING = limit -> new byte[0];

  final OperatorToken token = OperatorToken.generate(RANDOM);
  final List<Door> doors = new ArrayList<>();
  final List<RuntimeException> failures = new ArrayList<>();
  long now = 1_000_000;
  final Gate gate =
      new Gate(
          () -> new DoorTable(doors),
          token,
          new RateLimiter(60, 5, 100),
          () -> now,
          (path, e) -> failures.add(e),
          new GateSettings(100, 4));

  record TestDoor(
      String path, Audience audience, Set<String> methods, Function<Request, Response> answer)
      implements Door {
    @Override
    public Response handle(Request request) {
      return answer.apply(request);
    }
  }

  void open(String path, Audience audience, Function<Request, Response> answer) {
    doors.add(new TestDoor(path, audience, Set.of("GET", "POST"), answer));
  }

  static Response echo(Request request) {
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

  static Call get(String path) {
    return call("GET", path, "127.0.0.1", "localhost:80");
  }

  static Call stranger(String path) {
    return call("GET", path, "203.0.113.9", "node.example");
  }

  static Call call(String method, String path, String remote, String host) {
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

  static Call with(Call c, String origin, String authorization, boolean forwarded) {
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

  static Call query(String path, String query) {
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

  static JsonNode problem(Answer answer) throws IOException {
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

  void refused(Call call, int status, String code) throws IOException {
    Answer answer = gate.answer(call, NOTHING);
    assertThat(answer.response().status()).isEqualTo(status);
    assertThat(problem(answer).path("code").asText()).isEqualTo(code);
  }

  static String text(Answer answer) {
    return new String(answer.response().body(), StandardCharsets.UTF_8);
  }

  static Metric counted(String status, double count) {
    return new Metric(
        "r1_http_answers_total",
        "Answers sent, by HTTP status.",
        Metric.Kind.COUNTER,
        Map.of("status", status),
        count);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

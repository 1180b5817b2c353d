package ai.ratio1.http.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets a request through to a door, or says why not. Whatever HTTP server is in front, these checks
 * are the same, cheapest first. Thread-safe.
 */
public final class Gate {

  private static final int PATH_LIMIT = 2048;

  private final Supplier<DoorTable> doors;
  private final OperatorToken operator;
  private final RateLimiter limiter;
  private final LongSupplier millis;
  private final BiConsumer<String, RuntimeException> failures;
  private final GateSettings settings;
  private final Semaphore all;
  private final Semaphore strangers;
  private final Traffic traffic = new Traffic();

  /**
   * A gate.
   *
   * @param doors the doors that are open now
   * @param operator the token that opens operator doors
   * @param limiter limits everyone who is not local
   * @param millis the time in milliseconds
   * @param failures told of doors that failed, with their path
   */
  public Gate(
      Supplier<DoorTable> doors,
      OperatorToken operator,
      RateLimiter limiter,
      LongSupplier millis,
      BiConsumer<String, RuntimeException> failures,
      GateSettings settings) {
    this.doors = doors;
    this.operator = operator;
    this.limiter = limiter;
    this.millis = millis;
    this.failures = failures;
    this.settings = settings;
    this.all = new Semaphore(settings.concurrent());
    this.strangers = new Semaphore(settings.concurrentPublic());
  }

  /** Answers a request; never throws. */
  public Answer answer(Call call, Body body) {
    Answer answer = admit(call, body);
    traffic.count(answer.response().status());
    return answer;
  }

  /** Answers by status, requests in progress, doors. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(traffic.metrics());
    metrics.add(
        Metric.gauge(
            "r1_http_requests_active",
            "Requests being answered.",
            settings.concurrent() - all.availablePermits()));
    metrics.add(Metric.gauge("r1_http_doors", "Doors that are open.", doors.get().size()));
    return metrics;
  }

  private Answer admit(Call call, Body body) {
    if (call.path().length() + call.query().map(String::length).orElse(0) > PATH_LIMIT) {
      return refusal(HttpError.PATH_TOO_LONG, Map.of());
    }
    boolean stranger = !call.isLocal();
    if (stranger && !strangers.tryAcquire()) {
      return refusal(HttpError.BUSY, Map.of("Retry-After", "1"));
    }
    try {
      if (!all.tryAcquire()) {
        return refusal(HttpError.BUSY, Map.of("Retry-After", "1"));
      }
      try {
        return route(call, body);
      } finally {
        all.release();
      }
    } finally {
      if (stranger) {
        strangers.release();
      }
    }
  }

  private Answer route(Call call, Body body) {
    try {
      Optional<Door> door = doors.get().find(call.path());
      boolean restricted = door.isPresent() && door.get().audience() != Audience.PUBLIC;
      boolean unlimited = restricted && call.isLocal();
      if (!unlimited && !limiter.admits(call.remote(), millis.getAsLong())) {
        return refusal(HttpError.TOO_OFTEN, Map.of("Retry-After", "60"));
      }
      return enter(door.orElseThrow(HttpError.UNKNOWN_PATH::problem), call, body);
    } catch (R1Exception e) {
      return Answer.problem(e, Map.of());
    } catch (RuntimeException e) {
      failures.accept(call.path(), e);
      return refusal(HttpError.INTERNAL, Map.of());
    }
  }

  private Answer enter(Door door, Call call, Body body) {
    if (door.audience() != Audience.PUBLIC && !call.isLocal()) {
      throw HttpError.NOT_LOCAL.problem();
    }
    if (door.audience() == Audience.OPERATOR
        && !call.authorization().map(operator::matches).orElse(false)) {
      return refusal(HttpError.NO_TOKEN, Map.of("WWW-Authenticate", "Bearer"));
    }
    String method = call.method().equals("HEAD") ? "GET" : call.method();
    Set<String> allowed = new TreeSet<>(door.methods());
    if (!allowed.contains(method)) {
      return refusal(HttpError.WRONG_METHOD, Map.of("Allow", String.join(", ", allowed)));
    }
    if (call.length() > settings.bodyLimit()) {
      throw HttpError.BODY_TOO_LARGE.problem();
    }
    Map<String, String> query = Query.parse(call.query().orElse(""));
    String below = call.path().substring(door.path().length());
    byte[] bytes = body.read(settings.bodyLimit());
    return Answer.of(door.handle(new Request(method, below, query, bytes, call.remote())));
  }

  private static Answer refusal(HttpError error, Map<String, String> headers) {
    return Answer.problem(error.problem(), headers);
  }
}

package ai.ratio1.rest.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.testing.Framework;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** A framework with the REST face in it, and services to bring and take. */
abstract class RestTrial {

  static final String SHARED =
      Framework.contracts(
              "base",
              "http",
              "event",
              "identity",
              "chain",
              "dauth",
              "transport",
              "availability",
              "capability",
              "consensus")
          + ",org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1";
  static final ObjectMapper JSON = new ObjectMapper();
  static final String WISH =
      "{\"owner\":\""
          + TestServices.OWNER
          + "\",\"licence\":\"ND-7\",\"deadline\":\"2026-11-22T10:00:00Z\"}";
  static final String DISPUTE =
      """
      {"epoch": 1, "outcomeHash": "0x%s", "agreed": 240, "received": "0x%s", "reason": "no uplink"}
      """
          .formatted("cd".repeat(32), "ef".repeat(32));

  @TempDir static Path folder;

  final Map<Class<?>, ServiceRegistration<?>> services = new HashMap<>();
  Framework framework;

  @BeforeAll
  void start() throws Exception {
    framework =
        Framework.start(folder, Clock.fixed(TestServices.NOW, ZoneOffset.UTC), SHARED, Map.of());
    framework.install(
        "org.apache.felix.eventadmin.impl.Activator",
        "com.fasterxml.jackson.annotation.JsonProperty",
        "com.fasterxml.jackson.core.JsonFactory",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "org.bouncycastle.crypto.Digest",
        "ai.ratio1.wire.Json",
        "ai.ratio1.rest.internal.RestFace");
    framework.configure(RestConfig.PID, Map.of("events.kept", 10));
    await(() -> framework.all(Door.class).size() == 10);
  }

  @AfterAll
  void stop() {
    framework.close();
  }

  @AfterEach
  void clear() {
    services.values().forEach(ServiceRegistration::unregister);
    services.clear();
  }

  void bringEverything() {
    TestServices.all().forEach(this::bring);
  }

  void bring(Class<?> type, Object service) {
    services.put(type, framework.context().registerService(type.getName(), service, null));
  }

  void take(Class<?> type) {
    services.remove(type).unregister();
  }

  Door door(String path) {
    return framework.all(Door.class).stream()
        .filter(door -> path.equals(door.path()) || path.startsWith(door.path() + "/"))
        .findFirst()
        .orElseThrow();
  }

  Response call(String method, String target, String body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&")) {
        query.put(pair.split("=")[0], pair.split("=")[1]);
      }
    }
    Door door = door(path);
    assertThat(door.methods()).contains(method);
    return door.handle(
        new Request(
            method,
            path.substring(door.path().length()),
            query,
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1"));
  }

  JsonNode get(String target) {
    return json(call("GET", target, ""));
  }

  static JsonNode json(Response response) {
    assertThat(response.contentType()).isEqualTo("application/json");
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void refuses(int status, String code, String target) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> get(target))
        .satisfies(
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code().text()).isEqualTo(code);
              assertThat(e.nextStep()).isNotBlank();
            });
  }

  JsonNode document() {
    return get("/openapi.json");
  }

  void post(String topic, Map<String, ?> properties) {
    framework.service(EventAdmin.class).postEvent(new Event(topic, properties));
  }
}

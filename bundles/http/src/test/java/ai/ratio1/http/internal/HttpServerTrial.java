package ai.ratio1.http.internal;

import static ai.ratio1.testing.Framework.await;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.settings.Secrets;
import ai.ratio1.testing.Framework;
import ai.ratio1.testing.TestKeystore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** A framework with the HTTP server in it, and doors to open. */
abstract class HttpServerTrial {

  static final String SHARED =
      Framework.contracts("base", "http", "metrics")
          + ",org.slf4j;version=2.0.0,org.slf4j.spi;version=2.0.0,org.slf4j.event;version=2.0.0";

  @TempDir static Path folder;

  final HttpClient client = HttpClient.newHttpClient();
  Framework framework;
  Bundle http;
  String earlier = "";
  final List<ServiceRegistration<Door>> doors = new ArrayList<>();

  @BeforeAll
  void start() throws Exception {
    framework = start(Map.of());
  }

  @BeforeEach
  void remember() {
    earlier = log();
  }

  @AfterEach
  void clear() throws IOException {
    doors.forEach(ServiceRegistration::unregister);
    doors.clear();
    framework.admin().getConfiguration(HttpConfig.PID, "?").delete();
    await(() -> !Files.exists(portFile()));
    Files.deleteIfExists(folder.resolve("data/settings/" + HttpConfig.PID + ".conf"));
  }

  /**
   * Declarative Services compares configurations by their change count alone, so that one that is
   * deleted and made anew within a moment may look unchanged to it. A framework that starts without
   * one has nothing to compare with.
   */
  void restart() throws Exception {
    framework.admin().getConfiguration(HttpConfig.PID, "?").delete();
    framework.close();
    framework = start(Map.of());
  }

  Framework start(Map<String, String> more) throws BundleException {
    Map<String, String> properties = new HashMap<>();
    properties.put("org.apache.felix.http.require.config", "true");
    properties.putAll(more);
    Framework started = Framework.start(folder, Clock.systemUTC(), SHARED, properties);
    started.register(
        Secrets.class,
        value ->
            value.equals("sealed by the test")
                ? Optional.of(TestKeystore.PASSWORD)
                : Optional.empty(),
        Map.of());
    started.install(
        "org.apache.commons.io.IOUtils",
        "org.apache.commons.fileupload.FileUpload",
        "jakarta.servlet.Servlet",
        "org.apache.felix.http.jetty.internal.JettyActivator",
        "org.h2.mvstore.MVStore",
        "com.fasterxml.jackson.core.JsonFactory",
        "ai.ratio1.storage.DurableFile");
    http = started.install("ai.ratio1.http.internal.HttpServer").get(0);
    return started;
  }

  @AfterAll
  void stop() {
    framework.close();
  }

  void listen(Map<String, Object> settings) throws IOException {
    framework.configure(HttpConfig.PID, new HashMap<>(settings));
    await(() -> Files.exists(portFile()));
  }

  boolean reachable() {
    try (Socket socket = connect("")) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  Path portFile() {
    return folder.resolve("data/http/port");
  }

  ServiceRegistration<Door> open(String path, Audience audience) {
    Door door =
        new Door() {
          @Override
          public String path() {
            return path;
          }

          @Override
          public Audience audience() {
            return audience;
          }

          @Override
          public Set<String> methods() {
            return Set.of("GET", "POST");
          }

          @Override
          public Response handle(Request r) {
            return Response.text(
                200,
                String.join(
                    " ",
                    r.method(),
                    r.path(),
                    r.query().toString(),
                    r.remote(),
                    String.valueOf(r.body().length)));
          }
        };
    ServiceRegistration<Door> registration = framework.register(Door.class, door, Map.of());
    doors.add(registration);
    return registration;
  }

  URI uri(String path) {
    try {
      return URI.create(Files.readString(folder.resolve("data/http/url")).strip() + path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(), path);
  }

  HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String path) {
    try {
      return client.send(request.uri(uri(path)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Socket connect(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", uri("/").getPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  String raw(String text) throws IOException {
    try (Socket socket = connect(text)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  String messages() {
    return log().substring(earlier.length());
  }

  static String log() {
    try {
      Path file = Path.of("target/test.log");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

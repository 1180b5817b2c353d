package ai.ratio1.http.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Secrets;
import ai.ratio1.testing.Framework;
import ai.ratio1.testing.TestKeystore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {

  private static final String SHARED =
      Framework.contracts("base", "http", "metrics")
          + ",org.slf4j;version=2.0.0,org.slf4j.spi;version=2.0.0,org.slf4j.event;version=2.0.0";

  @TempDir static Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Framework framework;
  private Bundle http;
  private String earlier = "";
  private final List<ServiceRegistration<Door>> doors = new ArrayList<>();

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
  private void restart() throws Exception {
    framework.admin().getConfiguration(HttpConfig.PID, "?").delete();
    framework.close();
    framework = start(Map.of());
  }

  private Framework start(Map<String, String> more) throws BundleException {
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

  @Test
  void opensDoorsAsTheyComeAndClosesThemAsTheyGo() throws Exception {
    listen(Map.of());
    ServiceRegistration<Door> door = open("/a", Audience.LOCAL);
    assertThat(get("/a/b?x=1").body()).isEqualTo("GET /b {x=1} 127.0.0.1 0");
    assertThat(get("/c").statusCode()).isEqualTo(404);
    assertThat(get("/c").headers().firstValue("Content-Type")).hasValue("application/problem+json");
    door.unregister();
    doors.remove(door);
    assertThat(get("/a").statusCode()).isEqualTo(404);
    assertThat(framework.service(MetricSource.class).metrics()).isNotEmpty();
  }

  @Test
  void sendsTheSecurityHeadersAndNothingAboutItself() throws Exception {
    listen(Map.of());
    open("/a", Audience.LOCAL);
    HttpResponse<String> answer = get("/a");
    assertThat(answer.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry(
            "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
        .doesNotContainKeys("server", "x-powered-by", "set-cookie");
  }

  @Test
  void headHasNoBody() throws Exception {
    listen(Map.of());
    open("/a", Audience.LOCAL);
    HttpResponse<String> head =
        client.send(
            HttpRequest.newBuilder(uri("/a")).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @Test
  void operatorDoorsOpenWithTheTokenOfThePrivateFile() throws Exception {
    listen(Map.of());
    open("/a", Audience.OPERATOR);
    Path file = folder.resolve("data/http/operator.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(get("/a").statusCode()).isEqualTo(401);
    HttpRequest request =
        HttpRequest.newBuilder(uri("/a"))
            .header("Authorization", "Bearer " + Files.readString(file))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void aReboundNameDoesNotReachALocalDoor() throws Exception {
    listen(Map.of());
    open("/a", Audience.LOCAL);
    assertThat(raw("GET /a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void limitsHeaderPathAndBody() throws Exception {
    listen(Map.of("body.limit.bytes", 1024));
    open("/a", Audience.LOCAL);
    assertThat(raw("GET /a HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(get("/a/" + "y".repeat(3000)).statusCode()).isEqualTo(414);
    assertThat(post("/a", "x".repeat(1024)).statusCode()).isEqualTo(200);
    assertThat(post("/a", "x".repeat(1025)).statusCode()).isEqualTo(413);
    String chunked =
        "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n"
            + "x".repeat(1025)
            + "\r\n0\r\n\r\n";
    assertThat(raw(chunked)).startsWith("HTTP/1.1 413").contains("R1-HTTP-103");
  }

  @Test
  void slowPeersDoNotKeepOthersOut() throws Exception {
    listen(Map.of("request.timeout.ms", 500, "concurrent.requests", 4));
    open("/a", Audience.LOCAL);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        slow.add(connect("GET /a HTTP/1.1\r\nHost: localhost\r\nX: "));
      }
      int bodies = slow.size();
      for (int i = 0; i < 4; i++) {
        slow.add(connect("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx"));
      }
      await(() -> get("/a").statusCode() == 200);
      // The last may find that a request of the line above was quicker.
      Socket first = slow.get(bodies);
      String answer = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("R1-HTTP-104");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aTricklingBodyEndsInTimeAlthoughThePeerIsNeverSilentForLong() throws Exception {
    listen(Map.of("request.timeout.ms", 400));
    open("/a", Audience.LOCAL);
    try (Socket peer =
        connect("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n")) {
      long start = System.nanoTime();
      await(
          () -> {
            try {
              peer.getOutputStream().write('x');
              return peer.getInputStream().available() > 0;
            } catch (IOException e) {
              return true;
            }
          });
      assertThat(System.nanoTime() - start).isBetween(300_000_000L, 5_000_000_000L);
    }
  }

  @Test
  void refusesPlainHttpThatLeavesTheMachine() throws Exception {
    framework.configure(HttpConfig.PID, Map.of("host", "0.0.0.0"));
    await(() -> messages().contains("R1-HTTP-003"));
    assertItListensHereAlone();
  }

  @Test
  void servesTlsWithTheGivenKeystore() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    listen(
        Map.of(
            "keystore", keystore.file().toString(),
            "keystore.password.file", keystore.passwordFile().toString()));
    open("/a", Audience.LOCAL);
    assertThat(uri("/a").getScheme()).isEqualTo("https");
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(keystore.client())
            .build()
            .send(HttpRequest.newBuilder(uri("/a")).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
  }

  @Test
  void aPasswordOfTheSettingsOpensTheKeystoreAndLiesInNoFile() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    Files.delete(keystore.passwordFile());
    listen(
        Map.of("keystore", keystore.file().toString(), "keystore.password", "sealed by the test"));
    assertItAnswersOver(keystore);
    framework.close();
    assertNoFileHas(TestKeystore.PASSWORD);
    framework = start(Map.of());
    await(() -> Files.exists(portFile()));
    assertItAnswersOver(keystore);
    assertNoFileHas(TestKeystore.PASSWORD);
    assertThat(messages()).doesNotContain("R1-HTTP-00");
  }

  private void assertItAnswersOver(TestKeystore keystore) throws Exception {
    doors.clear();
    open("/a", Audience.LOCAL);
    assertThat(uri("/a").getScheme()).isEqualTo("https");
    HttpRequest request = HttpRequest.newBuilder(uri("/a")).build();
    HttpClient trusting = HttpClient.newBuilder().sslContext(keystore.client()).build();
    assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static void assertNoFileHas(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret))
            .as("%s has the secret", file)
            .isFalse();
      }
    }
  }

  @Test
  void refusesTwoPasswords() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    framework.configure(
        HttpConfig.PID,
        Map.of(
            "keystore", keystore.file().toString(),
            "keystore.password", "sealed by the test",
            "keystore.password.file", keystore.passwordFile().toString()));
    await(() -> messages().contains("keystore.password and keystore.password.file are both set"));
    assertItListensHereAlone();
  }

  @Test
  void refusesAPasswordThatIsNotEncrypted() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    framework.configure(
        HttpConfig.PID,
        Map.of("keystore", keystore.file().toString(), "keystore.password", TestKeystore.PASSWORD));
    await(() -> messages().contains("R1-SETTINGS-004"));
    assertThat(messages()).doesNotContain(TestKeystore.PASSWORD);
    assertItListensHereAlone();
  }

  @Test
  void refusesAKeystoreThatDoesNotOpen() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    Files.writeString(keystore.passwordFile(), "wrong");
    framework.configure(
        HttpConfig.PID,
        Map.of(
            "keystore", keystore.file().toString(),
            "keystore.password.file", keystore.passwordFile().toString()));
    await(() -> messages().contains("R1-HTTP-006"));
    assertItListensHereAlone();
  }

  /** The last good configuration, or the defaults. */
  private void assertItListensHereAlone() throws Exception {
    await(() -> Files.exists(portFile()));
    assertThat(uri("/a").getScheme()).isEqualTo("http");
    open("/a", Audience.LOCAL);
    assertThat(get("/a").statusCode()).isEqualTo(200);
    assertThat(uri("/a").getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void takesANewConfigurationWhileItRuns() throws Exception {
    listen(Map.of());
    open("/a", Audience.LOCAL);
    assertThat(post("/a", "x".repeat(2000)).statusCode()).isEqualTo(200);
    URI before = uri("");
    framework.configure(HttpConfig.PID, Map.of("body.limit.bytes", 1024));
    await(() -> post("/a", "x".repeat(2000)).statusCode() == 413);
    assertThat(uri("")).isEqualTo(before);
  }

  @Test
  void listensElsewhereWhenToldTo() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    listen(Map.of());
    open("/a", Audience.LOCAL);
    framework.configure(HttpConfig.PID, Map.of("port", port));
    await(() -> Files.exists(portFile()) && uri("").getPort() == port);
    assertThat(get("/a").statusCode()).isEqualTo(200);
    framework.configure(HttpConfig.PID, Map.of("port", port, "request.timeout.ms", 7000));
    await(() -> !Files.exists(portFile()));
    await(() -> Files.exists(portFile()));
    assertThat(get("/a").statusCode()).isEqualTo(200);
    assertThat(messages()).doesNotContain("R1-HTTP-00");
  }

  @Test
  void comesBackAfterARestartOfTheFramework() throws Exception {
    listen(Map.of());
    framework.close();
    assertThat(portFile()).doesNotExist();
    framework = start(Map.of());
    await(() -> Files.exists(portFile()) && reachable());
    open("/a", Audience.LOCAL);
    assertThat(get("/a").statusCode()).isEqualTo(200);
    assertThat(messages()).doesNotContain("R1-HTTP-00");
  }

  @Test
  void warnsWhenJettyWasNotHeldBack() throws Exception {
    framework.close();
    framework =
        start(
            Map.of(
                "org.osgi.service.http.port",
                "-1",
                "org.apache.felix.http.require.config",
                "false"));
    listen(Map.of());
    assertThat(messages()).contains("R1-HTTP-009");
    restart();
  }

  @Test
  void keepsTheLastGoodConfiguration() throws Exception {
    listen(Map.of());
    open("/a", Audience.LOCAL);
    framework.configure(HttpConfig.PID, Map.of("host", "0.0.0.0"));
    framework.configure(HttpConfig.PID, Map.of("concurrent.requests", 3));
    assertThat(get("/a").statusCode()).isEqualTo(200);
  }

  @Test
  void waitsForAPortThatIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      framework.configure(HttpConfig.PID, Map.of("port", other.getLocalPort()));
      await(() -> messages().contains("R1-HTTP-002"));
    }
    await(() -> Files.exists(portFile()));
    open("/a", Audience.LOCAL);
    await(() -> get("/a").statusCode() == 200);
  }

  @Test
  void takesItsFilesAndItsPortAwayWhenItStops() throws Exception {
    listen(Map.of());
    int port = uri("/").getPort();
    http.stop();
    assertThat(portFile()).doesNotExist();
    await(
        () -> {
          try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
          } catch (IOException e) {
            return false;
          }
        });
    http.start();
    await(() -> Files.exists(portFile()));
  }

  private void listen(Map<String, Object> settings) throws IOException {
    framework.configure(HttpConfig.PID, new HashMap<>(settings));
    await(() -> Files.exists(portFile()));
  }

  private boolean reachable() {
    try (Socket socket = connect("")) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Path portFile() {
    return folder.resolve("data/http/port");
  }

  private ServiceRegistration<Door> open(String path, Audience audience) {
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

  private URI uri(String path) {
    try {
      return URI.create(Files.readString(folder.resolve("data/http/url")).strip() + path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(), path);
  }

  private HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) {
    try {
      return client.send(request.uri(uri(path)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Socket connect(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", uri("/").getPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private String raw(String text) throws IOException {
    try (Socket socket = connect(text)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String messages() {
    return log().substring(earlier.length());
  }

  private static String log() {
    try {
      Path file = Path.of("target/test.log");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

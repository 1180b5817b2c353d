package ai.ratio1.http.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.testing.TestKeystore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where the server listens, with which keystore, and what it does with wrong settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpListenerTest extends HttpServerTrial {

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
    assertNothingWentWrong();
  }

  private void assertItAnswersOver(TestKeystore keystore) throws Exception {
    doors.clear();
    open("/a", Audience.LOCAL);
    assertThat(uri("/a").getScheme()).isEqualTo("https");
    HttpRequest request = HttpRequest.newBuilder(uri("/a")).build();
    HttpClient trusting = HttpClient.newBuilder().sslContext(keystore.client()).build();
    assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /** R1-HTTP-007 says no more than that Jetty was slow. */
  private void assertNothingWentWrong() {
    assertThat(messages()).doesNotContainPattern("R1-HTTP-00[^7]");
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
    await(() -> listensOn(port));
    assertThat(get("/a").statusCode()).isEqualTo(200);
    FileTime before = Files.getLastModifiedTime(portFile());
    framework.configure(HttpConfig.PID, Map.of("port", port, "request.timeout.ms", 7000));
    await(() -> listensAnew(before));
    assertThat(get("/a").statusCode()).isEqualTo(200);
    assertNothingWentWrong();
  }

  private boolean listensOn(int port) {
    try {
      return Files.exists(portFile()) && uri("").getPort() == port;
    } catch (UncheckedIOException goneMeanwhile) {
      return false;
    }
  }

  /** The files are away only for as long as Jetty starts, which may be short. */
  private boolean listensAnew(FileTime before) {
    try {
      return !Files.getLastModifiedTime(portFile()).equals(before);
    } catch (IOException gone) {
      return false;
    }
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
    assertNothingWentWrong();
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
    framework.give(HttpConfig.PID, Map.of("host", "0.0.0.0"));
    framework.give(HttpConfig.PID, Map.of("concurrent.requests", 3));
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
}

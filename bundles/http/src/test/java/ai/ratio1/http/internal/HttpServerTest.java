package ai.ratio1.http.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.metrics.MetricSource;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.osgi.framework.ServiceRegistration;

/** What comes through doors, and what does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest extends HttpServerTrial {

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
    long start = System.nanoTime();
    try (Socket peer =
        connect("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n")) {
      await(
          () -> {
            try {
              peer.getOutputStream().write('x');
              return peer.getInputStream().available() > 0;
            } catch (IOException e) {
              return true;
            }
          });
      assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
    }
  }
}

package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody who keeps cookies, as a browser does. */
final class Visitor {

  /** What the web admins of the tests let in. */
  static final String PASSWORD = "password=a+password+of+tests";

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final int port;
  private final String login;

  /**
   * Comes to a gateway.
   *
   * @param port of its server
   * @param login path that takes passwords
   */
  Visitor(int port, String login) {
    this.port = port;
    this.login = login;
  }

  void logIn() throws IOException, InterruptedException {
    assertThat(post(login, PASSWORD).statusCode()).isEqualTo(204);
  }

  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url(path)));
  }

  /** Asks with a cookie that nobody gave. */
  HttpResponse<String> forge(String path, String cookie) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url(path)).header("Cookie", cookie));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}

package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What is asked of a gateway, whichever Kura it has. */
final class Gateway {

  static final String IDENTITY = "ai.ratio1.identity.NodeIdentity";
  static final String DOOR = "ai.ratio1.http.Door";
  static final String CHECK = "ai.ratio1.kura.internal.BundleCheck";
  static final String MARKER = "org.eclipse.kura.configuration.ConfigurableComponent";

  static final String DOORS =
      "(&(objectClass=" + MARKER + ")(kura.service.pid=ai.ratio1.kura.http))";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Gateway() {}

  /** Types of bundles are not those of the test. */
  static String ask(Object service, String method) throws ReflectiveOperationException {
    Method question = service.getClass().getMethod(method);
    question.setAccessible(true);
    return question.invoke(service).toString();
  }

  /** Asks for a path of the gateway's HTTP server, with further headers; gives the status. */
  static int get(int port, String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    headers.forEach(request::header);
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Waits until something holds; fails when it never does. */
  static void await(Callable<Boolean> condition) throws Exception {
    Await.until("what is waited for", PATIENCE, condition);
  }

  /** Every door is shut for who may not come in: strangers, and here those without the token. */
  static void walk(int port, List<Object> doors) throws Exception {
    int walked = 0;
    for (Object door : doors) {
      String path = ask(door, "path");
      String audience = ask(door, "audience");
      int local = get(port, path, Map.of());
      int foreign = get(port, path, Map.of("Host", "gateway.example"));
      walked++;
      if (!audience.equals("PUBLIC")) {
        assertThat(foreign).as("%s for a stranger", path).isEqualTo(403);
      }
      if (audience.equals("OPERATOR")) {
        assertThat(local).as("%s without a token", path).isEqualTo(401);
      }
    }
    assertThat(walked).isGreaterThan(5);
  }
}

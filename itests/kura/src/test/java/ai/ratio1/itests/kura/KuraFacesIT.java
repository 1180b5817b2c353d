package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the node shows in the web admin, answers to clouds and publishes through them. */
class KuraFacesIT {

  private static final String STAND_IN = "ai.ratio1.itests.kura-platform";
  private static final String CLOUD = "(&(objectClass=%s)(harness.cloud=*))";
  private static final String PASSWORD = "password=a+password+of+tests";
  private static final String LOGIN = "/admin/login";
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private KuraPlatform platform;
  private String cookie = "";

  @BeforeEach
  void start() throws Exception {
    platform = KuraPlatform.start(folder);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void thePageIsForThoseAloneWhoHaveLoggedIn() throws Exception {
    installed();
    for (String part : List.of("status", "readiness", "epochs", "bundles", "node.js", "x")) {
      assertThat(get("/ratio1-ui/" + part).statusCode()).as(part).isEqualTo(401);
    }
    assertThat(post(LOGIN, "password=guess").statusCode()).isEqualTo(401);
    cookie = "ADMIN_SESSION=0";
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(401);
    logIn();
    HttpResponse<String> answer = get("/ratio1-ui/status");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map())
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Cache-Control", List.of("no-store"))
        .containsEntry("Referrer-Policy", List.of("no-referrer"))
        .containsEntry(
            "Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"));
    JsonNode status = JSON.readTree(answer.body());
    assertThat(status.path("address").asText()).isEqualTo(address());
    assertThat(JSON.readTree(get("/ratio1-ui/bundles").body()).path("down")).isEmpty();
    assertThat(JSON.readTree(get("/ratio1-ui/readiness").body()).path("ready").asBoolean())
        .isFalse();
    assertThat(get("/ratio1-ui/epochs").body()).contains("R1-REST-102", "nextStep");
    assertThat(get("/ratio1-ui/x").statusCode()).isEqualTo(404);
    assertThat(get("/ratio1-ui/status/x").statusCode()).isEqualTo(404);
    HttpResponse<String> written = post("/ratio1-ui/status", "");
    assertThat(written.statusCode()).isEqualTo(405);
    assertThat(written.body()).contains("R1-KURA-122");
  }

  @Test
  void everythingGoesWithItsBundleAndComesBackWithIt() throws Exception {
    installed();
    logIn();
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
    platform.bundle("ai.ratio1.kura-web").stop();
    platform.bundle("ai.ratio1.kura-cloud").stop();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(404);
    assertThat(get("/admin/console").body()).doesNotContain("ratio1");
    assertThat(command("RATIO1-V1/status", "GET")).isEmpty();
    platform.bundle("ai.ratio1.kura-web").start();
    platform.bundle("ai.ratio1.kura-cloud").start();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(200);
    assertThat(get("/admin/console").body()).contains("/ratio1-ui/node.js");
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
  }

  @Test
  void aWebAdminAndACloudMayComeLateAndGo() throws Exception {
    platform.bundle(STAND_IN).stop();
    installed();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(404);
    platform.bundle(STAND_IN).start();
    logIn();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(200);
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
    platform.bundle(STAND_IN).stop();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(404);
    platform.bundle(STAND_IN).start();
    logIn();
    assertThat(get("/ratio1-ui/status").statusCode()).isEqualTo(200);
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
  }

  @Test
  void aBrowserShowsTheNodeAndTakesNothingForMarkup() throws Exception {
    installed();
    String alias = "<img src=x onerror=\"document.title='taken'\">";
    configure("ai.ratio1.rest", Map.of("alias", alias));
    try (WebClient browser = new WebClient()) {
      browser.getOptions().setFetchPolyfillEnabled(true);
      WebRequest login = new WebRequest(url(LOGIN), HttpMethod.POST);
      login.setRequestBody(PASSWORD);
      browser.getPage(login);
      HtmlPage page = browser.getPage(url("/admin/console"));
      await(
          () -> {
            browser.waitForBackgroundJavaScript(500);
            return text(page).contains("EVM address");
          });
      assertThat(page.getTitleText()).isEqualTo("Ratio1 node");
      assertThat(text(page))
          .contains("NOT READY: No session.", address(), alias)
          .contains("This node is no oracle.", "Every bundle of the node is active.");
      assertThat(page.getElementsByTagName("img")).isEmpty();
    }
  }

  @Test
  void aCloudReadsTheNode() throws Exception {
    installed();
    Map<String, Object> status = command("RATIO1-V1/status", "GET");
    assertThat(body(status).path("address").asText()).isEqualTo(address());
    assertThat(body(command("RATIO1-V1/check", "GET")).path("down")).isEmpty();
    assertThat(command("RATIO1-V1/epochs/1", "GET"))
        .containsEntry("response.code", 404)
        .extractingByKey("response.exception.message")
        .asString()
        .contains("R1-REST-102");
    for (String method : List.of("PUT", "POST", "DEL", "EXEC")) {
      assertThat(command("RATIO1-V1/status", method))
          .containsEntry("response.code", 400)
          .extractingByKey("response.exception.message")
          .asString()
          .contains("R1-KURA-132", "Send GET");
    }
  }

  @Test
  void aCloudIsToldWhyNot() throws Exception {
    installed();
    for (String words :
        List.of(
            "",
            "/",
            "/claim",
            "/epochs",
            "/epochs/-1",
            "/epochs/1/artefacts",
            "/epochs/..%2f..%2fdisputes",
            "/epochs/99999999999999999999",
            "/status/x",
            "/STATUS",
            "/status\0",
            "/" + "x".repeat(100_000),
            "/x".repeat(10_000))) {
      assertThat(command("RATIO1-V1" + words, "GET"))
          .as(words)
          .containsEntry("response.code", 400)
          .extractingByKey("response.exception.message")
          .asString()
          .contains("R1-KURA-131", "Send GET status")
          .hasSizeLessThan(200);
    }
  }

  @Test
  void figuresArriveAtThePublisherOfTheSettings() throws Exception {
    installed();
    assertThat(published()).isEmpty();
    configure(
        "ai.ratio1.kura.figures",
        Map.of(
            "CloudPublisher.target",
            "(kura.service.pid=harness.cloud)",
            "interval.seconds",
            5,
            "figures.limit",
            1000));
    await(() -> !published().isEmpty());
    assertThat(published().get(0))
        .containsKeys("r1_framework_bundles{state=active}", "r1_jvm_threads");
    assertThat((Double) published().get(0).get("r1_framework_bundles{state=active}"))
        .isGreaterThan(30);
    configure("ai.ratio1.kura.figures", Map.of("interval.seconds", 1));
    int sofar = published().size();
    await(() -> published().size() > sofar);
  }

  private void installed() throws Exception {
    platform.install(KuraPlatform.nodePackage());
    platform.await("ai.ratio1.identity.NodeIdentity");
    platform.awaitMatch("(&(objectClass=ai.ratio1.metrics.MetricReader))");
    platform.awaitMatch("(kura.service.pid=ai.ratio1.rest)");
    platform.awaitMatch("(kura.service.pid=ai.ratio1.kura.figures)");
  }

  /** Changes some values, as the web admin does. */
  private void configure(String pid, Map<String, Object> changes) throws IOException {
    Configuration configuration =
        platform.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
    Hashtable<String, Object> values = new Hashtable<>();
    configuration
        .getProperties()
        .keys()
        .asIterator()
        .forEachRemaining(key -> values.put(key, configuration.getProperties().get(key)));
    values.putAll(changes);
    configuration.update(values);
  }

  private String address() throws Exception {
    Object identity = platform.await("ai.ratio1.identity.NodeIdentity");
    Method question = identity.getClass().getMethod("address");
    question.setAccessible(true);
    Object address = question.invoke(identity);
    return address.getClass().getMethod("text").invoke(address).toString();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> command(String topic, String method) throws Exception {
    var cloud =
        (BiFunction<String, String, Map<String, Object>>)
            platform.awaitMatch(CLOUD.formatted(BiFunction.class.getName()));
    return cloud.apply(topic, method);
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> published() throws Exception {
    return ((Supplier<List<Map<String, Object>>>)
            platform.awaitMatch(CLOUD.formatted(Supplier.class.getName())))
        .get();
  }

  private static JsonNode body(Map<String, Object> reply) throws IOException {
    assertThat(reply).containsEntry("response.code", 200);
    return JSON.readTree((byte[]) reply.get("body"));
  }

  private static String text(HtmlPage page) {
    DomElement widget = page.getElementById("ratio1-node");
    return widget == null ? "" : widget.asNormalizedText();
  }

  private void logIn() throws Exception {
    HttpResponse<String> answer = post(LOGIN, PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(204);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(url(path).toURI()));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(url(path).toURI())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URL url(String path) throws Exception {
    return URI.create("http://127.0.0.1:" + platform.port() + path).toURL();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

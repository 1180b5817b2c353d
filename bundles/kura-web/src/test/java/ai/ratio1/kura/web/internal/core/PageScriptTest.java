package ai.ratio1.kura.web.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Response;
import java.net.URI;
import java.util.List;
import org.htmlunit.MockWebConnection;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the script does in a browser, whose clock and timer are the test's. */
class PageScriptTest {

  private static final String SERVER = "https://gateway.example";
  private static final long PATIENCE_MILLIS = 10_000;

  /** Before the script looks at either; a tick is what the script has asked to be called for. */
  private static final String CLOCK =
      """
      <script>
      window.now = 1000000;
      Date.now = function () { return window.now; };
      window.setInterval = function (tick) { window.tick = tick; };
      </script>
      """;

  private final Page page = new Page(List::of, (path, e) -> {});
  private final WebClient browser = new WebClient();
  private final MockWebConnection gateway = new MockWebConnection();

  @BeforeEach
  void serves() throws Exception {
    browser.getOptions().setFetchPolyfillEnabled(true);
    browser.setWebConnection(gateway);
    String shell = text(page.answer("GET", "", ""));
    gateway.setResponse(
        URI.create(SERVER + Page.PATH).toURL(), shell.replace("<body>", "<body>" + CLOCK));
    for (String file : List.of("/node.css", Page.SCRIPT)) {
      Response response = page.answer("GET", file, "");
      gateway.setResponse(
          URI.create(SERVER + Page.PATH + file).toURL(), text(response), response.contentType());
    }
    answers("status", "{\"alias\":\"a <b>\"}");
    answers("readiness", "{\"ready\":true}");
    answers("epochs", "{\"epochs\":[{\"epoch\":7,\"stage\":\"certified\",\"rowCount\":2}]}");
    answers("bundles", "{\"down\":[]}");
  }

  @AfterEach
  void leaves() {
    browser.close();
  }

  @Test
  void aloneItShowsThePageInItsOwnDocument() throws Exception {
    HtmlPage shown = shown();
    assertThat(shown.getBody().asNormalizedText())
        .contains("Web admin", "READY", "a <b>", "certified", "2 nodes")
        .contains("Every bundle of the node is active.");
  }

  @Test
  void aPageThatEverybodyHasLeftAsksNoMore() throws Exception {
    HtmlPage shown = shown();
    int first = gateway.getRequestCount();
    passes(shown, 59_000);
    assertThat(gateway.getRequestCount()).as("somebody may look").isEqualTo(first + 4);
    passes(shown, 2_000);
    passes(shown, 3_600_000);
    assertThat(gateway.getRequestCount()).as("nobody is there").isEqualTo(first + 4);
    shown.getBody().mouseMove();
    passes(shown, 5_000);
    assertThat(gateway.getRequestCount()).as("somebody is back").isEqualTo(first + 8);
  }

  @Test
  void aSessionThatIsOverIsSaidToBeOver() throws Exception {
    HtmlPage shown = shown();
    gateway.setResponse(
        URI.create(SERVER + Page.PATH + "/status").toURL(),
        "<html>",
        401,
        "",
        "text/html",
        List.of());
    passes(shown, 5_000);
    assertThat(shown.getBody().asNormalizedText()).contains("Is the session over? Log in again.");
  }

  private HtmlPage shown() throws Exception {
    HtmlPage shown = browser.getPage(SERVER + Page.PATH);
    browser.waitForBackgroundJavaScript(PATIENCE_MILLIS);
    return shown;
  }

  private void passes(HtmlPage shown, long millis) {
    shown.executeJavaScript("window.now += " + millis + "; window.tick();");
    browser.waitForBackgroundJavaScript(PATIENCE_MILLIS);
  }

  private void answers(String part, String json) throws Exception {
    gateway.setResponse(
        URI.create(SERVER + Page.PATH + "/" + part).toURL(), json, "application/json");
  }

  private static String text(Response response) {
    return new String(response.body(), UTF_8);
  }
}

package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for the node's page in a web admin, whichever Kura it is of. */
interface PageContract extends InstalledGateway {

  String UI = "/ratio1-ui";
  ObjectMapper JSON = new ObjectMapper();

  @Tag("newest")
  @Test
  default void thePageIsForThoseAloneWhoHaveLoggedIn() throws Exception {
    Visitor visitor = visitor();
    for (String part :
        List.of(
            "", "/node.js", "/node.css", "/status", "/readiness", "/epochs", "/bundles", "/x")) {
      assertThat(visitor.status(UI + part)).as(part).isEqualTo(401);
    }
    assertThat(visitor.post(login(), "password=guess").statusCode()).isEqualTo(401);
    assertThat(visitor.forge(UI + "/status", "ADMIN_SESSION=0; JSESSIONID=0").statusCode())
        .isEqualTo(401);
    visitor.logIn();
    assertThat(visitor.status(UI + "/status")).isEqualTo(200);
    assertThat(visitor().status(UI + "/status")).as("somebody else").isEqualTo(401);
  }

  @Test
  default void thePageReadsWhatItShowsAndNothingElse() throws Exception {
    Visitor visitor = visitor();
    visitor.logIn();
    JsonNode status = JSON.readTree(visitor.get(UI + "/status").body());
    assertThat(status.path("address").asText()).isEqualTo(address());
    assertThat(JSON.readTree(visitor.get(UI + "/bundles").body()).path("down")).isEmpty();
    assertThat(JSON.readTree(visitor.get(UI + "/readiness").body()).path("ready").asBoolean())
        .isFalse();
    assertThat(visitor.get(UI + "/epochs").body()).contains("R1-REST-102", "nextStep");
    assertThat(visitor.status(UI + "/x")).isEqualTo(404);
    assertThat(visitor.status(UI + "/status/x")).isEqualTo(404);
    HttpResponse<String> written = visitor.post(UI + "/status", "");
    assertThat(written.statusCode()).isEqualTo(405);
    assertThat(written.body()).contains("R1-KURA-122");
  }

  @Test
  default void aBrowserIsToldWhatItMayDoWithAPart() throws Exception {
    Visitor visitor = visitor();
    visitor.logIn();
    assertThat(visitor.get(UI + "/status").headers().map())
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Cache-Control", List.of("no-store"))
        .containsEntry("Referrer-Policy", List.of("no-referrer"))
        .containsEntry(
            "Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"));
    assertThat(visitor.get(UI).headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self';");
  }

  @Test
  default void aBrowserShowsTheNodeAndTakesNothingForMarkup() throws Exception {
    String alias = "<img src=x onerror=\"document.title='taken'\">";
    configure("ai.ratio1.rest", Map.of("alias", alias));
    Visitor visitor = visitor();
    visitor.logIn();
    Gateway.await(() -> visitor.get(UI + "/status").body().contains("onerror"));
    try (WebClient browser = new WebClient()) {
      browser.getOptions().setFetchPolyfillEnabled(true);
      WebRequest login = new WebRequest(visitor.url(login()).toURL(), HttpMethod.POST);
      login.setRequestBody(Visitor.PASSWORD);
      browser.getPage(login);
      HtmlPage page = browser.getPage(visitor.url(shownAt()).toURL());
      Gateway.await(
          () -> {
            browser.waitForBackgroundJavaScript(100);
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
  default void thePageGoesWithItsBundleAndWithTheWebAdmin() throws Exception {
    Visitor visitor = visitor();
    visitor.logIn();
    equinox().bundle(pageBundle()).stop();
    assertThat(visitor.status(UI + "/status")).isEqualTo(404);
    equinox().bundle(pageBundle()).start();
    assertThat(visitor.status(UI + "/status")).isEqualTo(200);
    open(false);
    assertThat(visitor.status(UI + "/status")).isEqualTo(404);
    open(true);
    visitor.logIn();
    assertThat(visitor.status(UI + "/status")).isEqualTo(200);
  }

  private static String text(HtmlPage page) {
    DomElement widget = page.getElementById("ratio1-node");
    return widget == null ? "" : widget.asNormalizedText();
  }
}

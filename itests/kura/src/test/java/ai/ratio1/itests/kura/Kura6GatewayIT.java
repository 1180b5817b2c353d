package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.DOOR;
import static ai.ratio1.itests.kura.Gateway.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A gateway with Kura 6 that has the package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Kura6GatewayIT implements PageContract, CloudContract, StatusContract {

  @TempDir static Path folder;

  private Kura6Package made;
  private Kura6Platform gateway;
  private int console;

  @BeforeAll
  void start(@TempDir Path extracted) throws Exception {
    made = Kura6Package.extract(extracted);
    console = Kura6Platform.freeConsole();
    gateway = Kura6Platform.start(folder, made.plugins(), 0, console);
    awaitNode();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Tag("newest")
  @Test
  void everyBundleIsActive() throws Exception {
    gateway.assertActive();
    assertThat(gateway.check()).isEqualTo("Every bundle of the node is active.");
    assertThat(made.check(console)).isEqualTo("0: Every bundle of the node is active.\n");
  }

  @Test
  void nothingOfThePlatformIsLeftUnresolved() {
    assertThat(gateway.equinox().context().getBundles())
        .filteredOn(bundle -> !Kura6Platform.isProfile(bundle))
        .allSatisfy(bundle -> assertThat(bundle.getState()).as("%s", bundle).isGreaterThan(2));
  }

  @Test
  void componentsAreMarkedForTheWebAdmin() throws Exception {
    Set<String> marked = new TreeSet<>();
    for (var reference : gateway.equinox().context().getAllServiceReferences(MARKER, null)) {
      marked.add(String.valueOf(reference.getProperty("kura.service.pid")));
    }
    assertThat(marked)
        .contains("ai.ratio1.identity", "ai.ratio1.chain", "ai.ratio1.kura.http")
        .contains("ai.ratio1.kura.figures");
  }

  @Tag("newest")
  @Test
  void doorsAreOpenOnTheGatewaysServerToThoseWhoMay() throws Exception {
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(200);
    assertThat(Gateway.get(port(), "/healthz", Map.of("X-Forwarded-For", "127.0.0.1")))
        .as("a stranger who says that he comes from here, to a server that believes it")
        .isEqualTo(403);
    assertThat(Gateway.get(port(), "/healthz", Map.of("Forwarded", "for=127.0.0.1")))
        .isEqualTo(403);
    Gateway.walk(port(), gateway.equinox().services(DOOR));
    assertThat(folder.resolve("data/ratio1/http/operator.token")).exists();
    assertThat(folder.resolve("data/ratio1/http/url")).as("a listener of our own").doesNotExist();
  }

  @Test
  void whatIsNoDoorIsTheWebAdmins() throws Exception {
    Visitor visitor = visitor();
    HttpResponse<String> root = visitor.get("/");
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("Location").orElseThrow()).endsWith("/admin/console");
    assertThat(visitor.status("/admin/console")).isEqualTo(401);
    assertThat(visitor.status("/healthzz")).isEqualTo(404);
    visitor.logIn();
    assertThat(visitor.get("/admin/console").body()).isEqualTo("Web admin");
  }

  @Test
  void doorsGoWithTheirBundles() throws Exception {
    Bundle rest = gateway.bundle("ai.ratio1.rest");
    rest.stop();
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(404);
    rest.start();
    gateway.await(DOOR);
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(200);
    Bundle doors = gateway.bundle("ai.ratio1.kura-whiteboard");
    doors.stop();
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(404);
    doors.start();
    awaitNode();
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(200);
  }

  @Test
  void thePageFollowsTheWebAdminToANewContext() throws Exception {
    Visitor visitor = visitor();
    visitor.logIn();
    assertThat(visitor.status("/ratio1-ui")).isEqualTo(200);
    gateway.admin().accept(true);
    assertThat(visitor.status("/ratio1-ui")).as("the session went with its context").isEqualTo(401);
    visitor.logIn();
    assertThat(visitor.status("/ratio1-ui")).isEqualTo(200);
    assertThat(visitor.get("/ratio1-ui/").headers().firstValue("Location").orElseThrow())
        .endsWith("/ratio1-ui");
  }

  @Test
  void exportsNothingThatThePlatformWouldTakeInTheSteadOfItsOwn() {
    Set<String> taken = new TreeSet<>();
    for (Bundle bundle : gateway.equinox().context().getBundles()) {
      if (!gateway.plugins().contains(bundle)) {
        taken.addAll(Equinox.exports(bundle));
      }
    }
    for (Bundle plugin : gateway.plugins()) {
      assertThat(Equinox.exports(plugin))
          .as(plugin.getSymbolicName())
          .doesNotContainAnyElementsOf(taken);
    }
  }

  @Override
  public Equinox equinox() {
    return gateway.equinox();
  }

  @Override
  public int port() throws Exception {
    return gateway.port();
  }

  @Override
  public void open(boolean open) throws Exception {
    gateway.admin().accept(open);
    Bundle clouds = gateway.bundle(STAND_IN);
    if (open) {
      clouds.start();
    } else {
      clouds.stop();
    }
  }

  @Override
  public String login() {
    return "/admin/login/password";
  }

  @Override
  public String shownAt() {
    return "/ratio1-ui";
  }

  @Override
  public String pageBundle() {
    return "ai.ratio1.kura-web-whiteboard";
  }
}

package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.CHECK;
import static ai.ratio1.itests.kura.Gateway.DOOR;
import static ai.ratio1.itests.kura.Gateway.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** A gateway with Kura 5 that has the package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KuraGatewayIT implements PageContract, CloudContract, StatusContract {

  private final Set<String> exports = new TreeSet<>();
  private KuraPlatform platform;
  private DeploymentPackage installed;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    platform = KuraPlatform.start(folder);
    for (Bundle bundle : platform.context().getBundles()) {
      exports.addAll(Equinox.exports(bundle));
    }
    // For all that follows web admin and clouds come later than the node.
    open(false);
    installed = platform.install(KuraPlatform.nodePackage());
    awaitNode();
    assertThat(visitor().status("/ratio1-ui/status")).isEqualTo(404);
    open(true);
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @Test
  void everyBundleIsActiveAndOneProfileIsOfThisMachine() throws Exception {
    KuraPackageIT.assertActive(installed);
    platform.await("ai.ratio1.hardware.HardwareFacts");
    assertThat(KuraPackageIT.profiles(installed)).hasSize(1);
    assertThat(Gateway.ask(platform.await(CHECK), "check"))
        .isEqualTo("Every bundle of the node is active.");
  }

  @Test
  void componentsAreConfiguredAndMarkedForTheWebAdmin() throws Exception {
    Set<String> configured = new TreeSet<>();
    for (Configuration one :
        platform.service(ConfigurationAdmin.class).listConfigurations("(kura.service.pid=*)")) {
      configured.add(one.getPid());
    }
    assertThat(configured).contains("ai.ratio1.identity", "ai.ratio1.mqtt", "ai.ratio1.kura.http");
    Set<String> marked = new TreeSet<>();
    for (var reference : platform.context().getAllServiceReferences(MARKER, null)) {
      marked.add(String.valueOf(reference.getProperty("kura.service.pid")));
    }
    // Those that wait for a session come when there is one.
    assertThat(configured).containsAll(marked);
    assertThat(marked).contains("ai.ratio1.identity", "ai.ratio1.chain", "ai.ratio1.kura.http");
  }

  @Test
  void doorsAreOpenOnTheGatewaysServerToThoseWhoMay() throws Exception {
    assertThat(Gateway.get(port(), "/healthz", Map.of())).isEqualTo(200);
    Gateway.walk(port(), platform.services(DOOR));
  }

  @Test
  void theWebAdminLoadsTheScriptWhileItsBundleRuns() throws Exception {
    Visitor visitor = visitor();
    visitor.logIn();
    assertThat(visitor.get("/admin/console").body()).contains("/ratio1-ui/node.js");
    platform.bundle(pageBundle()).stop();
    assertThat(visitor.get("/admin/console").body()).doesNotContain("ratio1");
    platform.bundle(pageBundle()).start();
    assertThat(visitor.get("/admin/console").body()).contains("/ratio1-ui/node.js");
  }

  @Test
  void exportsNothingThatThePlatformWouldTakeInTheSteadOfItsOwn() {
    for (var info : installed.getBundleInfos()) {
      assertThat(Equinox.exports(installed.getBundle(info.getSymbolicName())))
          .as(info.getSymbolicName())
          .doesNotContainAnyElementsOf(exports);
    }
  }

  @Override
  public Equinox equinox() {
    return platform.equinox();
  }

  @Override
  public int port() throws Exception {
    return platform.port();
  }

  @Override
  public void open(boolean open) throws Exception {
    if (open) {
      platform.bundle(STAND_IN).start();
    } else {
      platform.bundle(STAND_IN).stop();
    }
  }

  @Override
  public String login() {
    return "/admin/login";
  }

  @Override
  public String shownAt() {
    return "/admin/console";
  }

  @Override
  public String pageBundle() {
    return "ai.ratio1.kura-web";
  }
}

package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** The package as a gateway takes it. */
class KuraPackageIT {

  private static final String IDENTITY = "ai.ratio1.identity.NodeIdentity";
  private static final String MARKER = "org.eclipse.kura.configuration.ConfigurableComponent";

  private static final String DOORS =
      "(&(objectClass=" + MARKER + ")(kura.service.pid=ai.ratio1.kura.http))";

  private static final String PROFILE = "ai.ratio1.profile.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void everyBundleIsActiveInWhateverOrder(long seed) throws Exception {
    PackageFile made = PackageFile.read(KuraPlatform.nodePackage());
    Path file = (seed == 0 ? made : made.shuffled(seed)).write(folder.resolve("node.dp"));
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(file);
      assertActive(installed);
      assertThat(check(platform)).isEqualTo("Every bundle of the node is active.");
      platform.await(IDENTITY);
    }
  }

  @Test
  void componentsAreConfiguredAndMarkedForTheWebAdmin() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(KuraPlatform.nodePackage());
      platform.await(IDENTITY);
      platform.awaitMatch(DOORS);
      Set<String> configured = new TreeSet<>();
      for (Configuration one :
          platform.service(ConfigurationAdmin.class).listConfigurations("(kura.service.pid=*)")) {
        configured.add(one.getPid());
      }
      assertThat(configured)
          .contains("ai.ratio1.identity", "ai.ratio1.mqtt", "ai.ratio1.kura.http");
      Set<String> marked = new TreeSet<>();
      for (var reference : platform.context().getAllServiceReferences(MARKER, null)) {
        marked.add(String.valueOf(reference.getProperty("kura.service.pid")));
      }
      // Those that wait for a session come when there is one.
      assertThat(configured).containsAll(marked);
      assertThat(marked).contains("ai.ratio1.identity", "ai.ratio1.chain", "ai.ratio1.kura.http");
    }
  }

  @Test
  void doorsAreOpenOnTheGatewaysServerToThoseWhoMay() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(KuraPlatform.nodePackage());
      platform.awaitMatch(DOORS);
      platform.await("ai.ratio1.http.Door");
      int port = platform.port();
      assertThat(get(port, "/healthz", "127.0.0.1")).isEqualTo(200);
      int walked = 0;
      for (Object door : platform.services("ai.ratio1.http.Door")) {
        String path = ask(door, "path");
        String audience = ask(door, "audience");
        int local = get(port, path, "127.0.0.1");
        int foreign = get(port, path, "gateway.example");
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

  @Test
  void theProfileOfThisMachineRunsAndTheOthersAreNoFailure() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(KuraPlatform.nodePackage());
      platform.await("ai.ratio1.hardware.HardwareFacts");
      assertThat(profiles(installed)).hasSize(1);
      assertThat(check(platform)).isEqualTo("Every bundle of the node is active.");
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path lacking =
        PackageFile.read(KuraPlatform.nodePackage())
            .without(file -> file.startsWith("ai.ratio1.wire_"))
            .write(folder.resolve("lacking.dp"));
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(lacking);
      assertThat(check(platform))
          .contains("R1-KURA-002: ai.ratio1.heartbeat", "INSTALLED", "ai.ratio1.wire")
          .contains("Install what is named");
      assertThat(ask(platform.await("ai.ratio1.kura.BundleHealth"), "findings"))
          .contains(
              "heartbeat", "Missing: osgi.wiring.package (&(osgi.wiring.package=ai.ratio1.wire")
          .doesNotContain(PROFILE);
    }
  }

  @Test
  void stateOutlivesTheFrameworksCacheUpgradesAndRemoval() throws Exception {
    PackageFile made = PackageFile.read(KuraPlatform.nodePackage());
    Path older = made.version("0.0.1").write(folder.resolve("older.dp"));
    Path newer = made.version("9.0.0").write(folder.resolve("newer.dp"));
    String key;
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(older);
      key = address(platform.await(IDENTITY));
      assertActive(platform.install(newer));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
      assertActive(platform.install(older));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
      platform.install(newer).uninstall();
      assertThat(Files.exists(folder.resolve("data/ratio1"))).isTrue();
      assertActive(platform.install(newer));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
    }
    // As Kura does at every start.
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(newer);
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
    }
  }

  @Test
  void exportsNothingThatThePlatformWouldTakeInTheSteadOfItsOwn() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      Set<String> taken = new TreeSet<>();
      for (Bundle bundle : platform.context().getBundles()) {
        taken.addAll(exports(bundle));
      }
      DeploymentPackage installed = platform.install(KuraPlatform.nodePackage());
      for (var info : installed.getBundleInfos()) {
        Bundle bundle = installed.getBundle(info.getSymbolicName());
        assertThat(exports(bundle)).as(info.getSymbolicName()).doesNotContainAnyElementsOf(taken);
      }
    }
  }

  private static Set<String> exports(Bundle bundle) {
    Set<String> packages = new TreeSet<>();
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return packages;
    }
    for (var capability : wiring.getCapabilities("osgi.wiring.package")) {
      packages.add(String.valueOf(capability.getAttributes().get("osgi.wiring.package")));
    }
    return packages;
  }

  /** Of the profiles of hardware one is this machine's, at most; the others stay away. */
  private static void assertActive(DeploymentPackage installed) {
    Map<String, Integer> states = KuraPlatform.states(installed);
    assertThat(states.keySet().removeIf(name -> name.startsWith(PROFILE))).isTrue();
    assertThat(states)
        .allSatisfy((name, state) -> assertThat(state).as(name).isEqualTo(Bundle.ACTIVE));
  }

  private static List<String> profiles(DeploymentPackage installed) {
    return KuraPlatform.states(installed).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PROFILE) && entry.getValue() == Bundle.ACTIVE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String check(KuraPlatform platform) throws Exception {
    Object check = platform.await("ai.ratio1.kura.internal.BundleCheck");
    return ask(check, "check");
  }

  private static String address(Object identity) throws ReflectiveOperationException {
    return ask(identity, "address");
  }

  /** Types of bundles are not those of the test. */
  private static String ask(Object service, String method) throws ReflectiveOperationException {
    Method question = service.getClass().getMethod(method);
    question.setAccessible(true);
    return question.invoke(service).toString();
  }

  private static int get(int port, String path, String host)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Host", host)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

package ai.ratio1.itests.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.launcher.NodeFramework;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles of the Debian package on Felix: all features, in any order, in any version. */
class FelixPackageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path extracted;

  private static Appliance appliance;

  @TempDir Path folder;

  @BeforeAll
  static void extract() throws IOException, InterruptedException {
    DebianPackage.felix().extract(extracted);
    appliance = Appliance.in(extracted.resolve("opt/ratio1"));
  }

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf/node.json"),
        """
        {"ai.ratio1.rest": {"alias": "kept"},
         "ai.ratio1.broker": {"port:Integer": 0},
         "ai.ratio1.http": {"host": "127.0.0.1", "port:Integer": 0}}""");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyBundleOfEveryFeatureIsActiveInWhateverOrder(long seed) throws Exception {
    try (NodeFramework node = appliance.shuffled(seed).start(folder)) {
      assertActive(node);
      JsonNode health = get("/healthz");
      assertThat(health.path("failing")).isEmpty();
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    Appliance lacking = appliance.without(name -> name.equals("ai.ratio1.wire"));
    assertThatThrownBy(() -> lacking.start(folder).close())
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.describe()).contains("R1-LAUNCH-005", "does not"))
        .hasMessageContaining("osgi.wiring.package=ai.ratio1.wire");
  }

  @Test
  void upgradeDowngradeRemovalAndRestartKeepConfigurationAndState() throws Exception {
    String key;
    try (NodeFramework node = appliance.start(folder)) {
      assertActive(node);
      key = identity().path("address").asText();
      assertThat(key).startsWith("0xai_");
    }
    Appliance newer = appliance.version("9.0.0", folder.resolve("newer"));
    assertKept(newer, key, "9.0.0");
    assertKept(newer, key, "9.0.0");
    assertKept(appliance.version("0.0.1", folder.resolve("older")), key, "0.0.1");
    Appliance less = newer.without(name -> name.matches("ai.ratio1.(identity|heartbeat|apbft)"));
    try (NodeFramework node = less.start(folder)) {
      assertThat(node.bundleStates())
          .doesNotContainKeys("ai.ratio1.identity", "ai.ratio1.heartbeat");
      assertActive(node);
    }
    assertKept(newer, key, "9.0.0");
    delete(folder.resolve("cache"));
    assertKept(newer, key, "9.0.0");
  }

  private void assertKept(Appliance changed, String key, String version) throws Exception {
    try (NodeFramework node = changed.start(folder)) {
      assertActive(node);
      JsonNode identity = identity();
      assertThat(identity.path("address").asText()).isEqualTo(key);
      assertThat(identity.path("alias").asText()).isEqualTo("kept");
      for (JsonNode bundle : get("/v1/status").path("bundles")) {
        if (bundle.path("name").asText().equals("ai.ratio1.identity")) {
          assertThat(bundle.path("version").asText()).isEqualTo(version);
        }
      }
    }
  }

  /** Profiles are for machines that they fit, and the machine's facts have nothing to start. */
  private static void assertActive(NodeFramework node) {
    Map<String, String> down = new TreeMap<>(node.bundleStates());
    down.values().removeIf("ACTIVE"::equals);
    down.keySet().removeIf(name -> name.startsWith("ai.ratio1.hardware.facts."));
    assertThat(appliance.artifacts(true)).containsAll(down.keySet());
    assertThat(node.bundleStates()).hasSizeGreaterThan(30);
  }

  private JsonNode identity() throws Exception {
    return get("/v1/identity", answer -> answer.hasNonNull("address"));
  }

  private JsonNode get(String path) throws Exception {
    return get(path, answer -> true);
  }

  /** Waits until the node has opened the door and says what it can say when all of it is there. */
  private JsonNode get(String path, Predicate<JsonNode> whole) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "nothing";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> response = ask(path);
        last = response.statusCode() + " " + response.body();
        if (response.statusCode() == 200) {
          JsonNode answer = new ObjectMapper().readTree(response.body());
          if (whole.test(answer)) {
            return answer;
          }
        }
      } catch (IOException notOpen) {
        last = notOpen.toString();
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError(path + " was answered with " + last);
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    String door = Files.readString(folder.resolve("data/http/url")).strip();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(door + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

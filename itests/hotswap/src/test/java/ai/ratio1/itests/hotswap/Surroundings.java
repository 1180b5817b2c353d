package ai.ratio1.itests.hotswap;

import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetFolder;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.devnet.Installation;
import ai.ratio1.devnet.Progress;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.testing.FreePorts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The network around the node under test, which is taken out of it. */
final class Surroundings {

  private static final Path CLONE = Path.of(System.getProperty("r1.clone"));
  private static final Path APPLIANCE = CLONE.resolve("distribution/target/appliance");

  private final Devnet devnet;
  private final DevnetFolder folder;

  /** A bundle of the distribution and when it starts. */
  record Bundle(Path file, int startLevel) {}

  private Surroundings(Devnet devnet, DevnetFolder folder) {
    this.devnet = devnet;
    this.folder = folder;
  }

  /** Starts the network; it stops with this JVM. */
  static Surroundings start() throws IOException {
    DevnetFolder folder = new DevnetFolder(Files.createTempDirectory("r1-hotswap"));
    DevnetSettings settings =
        new DevnetSettings(
            Duration.ofSeconds(12),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            FreePorts.base(20_000, 31_000),
            true,
            BrokerKind.EMBEDDED,
            false,
            4,
            Map.of());
    Installation installation =
        Installation.find(APPLIANCE, CLONE.resolve("contracts/node_modules"), List.of());
    Devnet devnet = Devnet.start(folder, settings, installation, new Silence());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(devnet, folder.root())));
    return new Surroundings(devnet, folder);
  }

  /** Stops a node here, so that the test can run it. */
  NodeFolder take(String node) {
    devnet.stop(node);
    return new NodeFolder(folder.node(node));
  }

  String address(String node) {
    return devnet.network().node(node).address().toString();
  }

  /** What the features of a node list. */
  static List<Bundle> bundles() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Bundle> bundles = new ArrayList<>();
    for (String feature : List.of("base", "node")) {
      JsonNode list = json.readTree(APPLIANCE.resolve("features/" + feature + ".json").toFile());
      for (JsonNode bundle : list.path("bundles")) {
        String[] id = bundle.path("id").asText().split(":");
        Path file = APPLIANCE.resolve("bundles").resolve(id[1] + "-" + id[2] + ".jar");
        bundles.add(new Bundle(file, bundle.path("start-level").asInt()));
      }
    }
    return bundles;
  }

  private static void stop(Devnet devnet, Path root) {
    devnet.close();
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody looks on. */
  private static final class Silence implements Progress {
    @Override
    public void happened(Line line) {}

    @Override
    public void pulse(String text) {}
  }
}

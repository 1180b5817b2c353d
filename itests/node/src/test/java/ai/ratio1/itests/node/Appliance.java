package ai.ratio1.itests.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the build packed: the bundles of every feature, and those that only a gateway gets. */
final class Appliance {

  private static final Path DISTRIBUTION = Path.of("..", "..", "distribution").toAbsolutePath();

  private Appliance() {}

  /** A bundle of a feature and when it starts. */
  record Listed(Path jar, int startLevel, boolean optional) {}

  /** Bundles of all features, each once, in the order of their start levels. */
  static List<Listed> bundles() throws IOException {
    Path appliance = DISTRIBUTION.resolve("target/appliance").normalize();
    ObjectMapper json = new ObjectMapper();
    List<Listed> listed = new ArrayList<>();
    for (Path feature : filesOf(appliance.resolve("features"), ".json")) {
      for (JsonNode bundle : json.readTree(feature.toFile()).path("bundles")) {
        String[] id = bundle.path("id").asText().split(":");
        listed.add(
            new Listed(
                appliance.resolve("bundles").resolve(id[1] + "-" + id[2] + ".jar"),
                bundle.path("start-level").asInt(),
                bundle.path("optional").asBoolean()));
      }
    }
    listed.sort(Comparator.comparingInt(Listed::startLevel));
    return listed.stream().distinct().toList();
  }

  /** What a gateway alone gets. */
  static List<Path> gatewayBundles() throws IOException {
    return filesOf(DISTRIBUTION.resolve("kura/target/jars").normalize(), ".jar");
  }

  /** Stands in for the web admin and the clouds of a gateway. */
  static Path gatewayStandIn() throws IOException {
    return filesOf(Path.of("..", "kura-platform", "target"), ".jar").get(0);
  }

  /** Every form in all of them. */
  static List<PackedForm> forms() throws IOException {
    TreeSet<Path> jars = new TreeSet<>(gatewayBundles());
    bundles().forEach(bundle -> jars.add(bundle.jar()));
    List<PackedForm> forms = new ArrayList<>();
    for (Path jar : jars) {
      if (jar.getFileName().toString().startsWith("ai.ratio1.")) {
        forms.addAll(PackedForm.of(jar));
      }
    }
    return forms;
  }

  private static List<Path> filesOf(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }
}

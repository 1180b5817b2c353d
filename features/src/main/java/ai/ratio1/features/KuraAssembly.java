package ai.ratio1.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the package for Eclipse Kura out of the completed features of the appliance: their bundles
 * by start level, without those in whose place the gateway has its own.
 */
public final class KuraAssembly {

  private final ObjectMapper json = new ObjectMapper();
  private final Path appliance;
  private final Path bridge;

  private KuraAssembly(Path appliance, Path bridge) {
    this.appliance = appliance;
    this.bridge = bridge;
  }

  /**
   * Assembles.
   *
   * @param arguments definition of the package; the appliance; folder of the bundles that only a
   *     gateway needs; the package to write; project version
   */
  public static void main(String[] arguments) throws IOException {
    new KuraAssembly(Path.of(arguments[1]), Path.of(arguments[2]))
        .assemble(Path.of(arguments[0]), Path.of(arguments[3]), arguments[4]);
  }

  private void assemble(Path definition, Path to, String projectVersion) throws IOException {
    JsonNode wanted = json.readTree(definition.toFile());
    DeploymentPackage made =
        new DeploymentPackage(
            wanted.path("symbolic-name").asText(),
            projectVersion.replace('-', '.'),
            wanted.path("name").asText());
    for (JsonNode first : wanted.path("first")) {
      made.add(fileOf(bridge, first.asText()));
    }
    Set<String> platform = new HashSet<>();
    wanted.path("platform").forEach(key -> platform.add(key.asText()));
    for (Path jar : bundles(wanted.path("features"), platform)) {
      made.add(jar);
    }
    if (!platform.isEmpty()) {
      throw new IllegalStateException("in no feature of the package: " + platform);
    }
    for (JsonNode last : wanted.path("last")) {
      made.add(fileOf(bridge, last.asText()));
    }
    made.write(to);
  }

  /** By start level, and within one as the features have them. Takes what it meets off the set. */
  private List<Path> bundles(JsonNode features, Set<String> platform) throws IOException {
    TreeMap<Integer, List<Path>> levels = new TreeMap<>();
    for (JsonNode feature : features) {
      Path file = appliance.resolve("features").resolve(feature.asText() + ".json");
      for (JsonNode bundle : json.readTree(file.toFile()).path("bundles")) {
        String[] id = bundle.path("id").asText().split(":", -1);
        if (!platform.remove(id[0] + ":" + id[1])) {
          levels
              .computeIfAbsent(bundle.path("start-level").asInt(), level -> new ArrayList<>())
              .add(appliance.resolve("bundles").resolve(id[1] + "-" + id[2] + ".jar"));
        }
      }
    }
    return levels.values().stream().flatMap(List::stream).toList();
  }

  private static Path fileOf(Path folder, String key) throws IOException {
    String pattern = Pattern.quote(key.substring(key.indexOf(':') + 1)) + "-[0-9].*";
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(pattern))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(key + " is not in " + folder));
    }
  }
}

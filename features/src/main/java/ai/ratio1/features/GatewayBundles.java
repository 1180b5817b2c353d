package ai.ratio1.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a package for a gateway is made of: the bundles of completed features, without those in
 * whose place the gateway has its own, between those that only a gateway needs.
 */
final class GatewayBundles {

  private static final int FIRST = 0;
  private static final int LAST = 99;

  private final ObjectMapper json = new ObjectMapper();
  private final Path appliance;
  private final Path bridge;

  /**
   * A bundle and when it starts.
   *
   * @param startLevel the feature's, 0 or 99 for what only a gateway needs
   */
  record Listed(Path jar, int startLevel) {}

  /**
   * Of an appliance.
   *
   * @param appliance folder with features and bundles
   * @param bridge folder of the bundles that only a gateway needs
   */
  GatewayBundles(Path appliance, Path bridge) {
    this.appliance = appliance;
    this.bridge = bridge;
  }

  /** By start level, and within one as the features have them. */
  List<Listed> of(JsonNode definition) throws IOException {
    Set<String> platform = new HashSet<>();
    definition.path("platform").forEach(key -> platform.add(key.asText()));
    List<Listed> listed = new ArrayList<>();
    for (JsonNode first : definition.path("first")) {
      listed.add(new Listed(fileOf(first.asText()), FIRST));
    }
    for (JsonNode feature : definition.path("features")) {
      addAll(feature.asText(), platform, listed);
    }
    for (JsonNode last : definition.path("last")) {
      listed.add(new Listed(fileOf(last.asText()), LAST));
    }
    if (!platform.isEmpty()) {
      throw new IllegalStateException("in no feature of the package: " + platform);
    }
    listed.sort(Comparator.comparingInt(Listed::startLevel));
    return listed;
  }

  /** Takes what it meets off the set. */
  private void addAll(String feature, Set<String> platform, List<Listed> listed)
      throws IOException {
    Path file = appliance.resolve("features").resolve(feature + ".json");
    for (JsonNode bundle : json.readTree(file.toFile()).path("bundles")) {
      String[] id = bundle.path("id").asText().split(":", -1);
      if (!platform.remove(id[0] + ":" + id[1])) {
        listed.add(
            new Listed(
                appliance.resolve("bundles").resolve(id[1] + "-" + id[2] + ".jar"),
                bundle.path("start-level").asInt()));
      }
    }
  }

  private Path fileOf(String key) throws IOException {
    String pattern = Pattern.quote(key.substring(key.indexOf(':') + 1)) + "-[0-9].*";
    try (Stream<Path> files = Files.list(bridge)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(pattern))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(key + " is not in " + bridge));
    }
  }
}

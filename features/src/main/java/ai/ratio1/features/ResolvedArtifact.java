package ai.ratio1.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact as Maven resolved it.
 *
 * @param group group id
 * @param artifact artifact id
 * @param version the version the bill of materials says
 */
record ResolvedArtifact(String group, String artifact, String version) {

  /** Reads the output of {@code dependency:list}, by {@code group:artifact}. */
  static Map<String, ResolvedArtifact> readList(Path file) throws IOException {
    Map<String, ResolvedArtifact> artifacts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      parse(line).ifPresent(a -> artifacts.put(a.key(), a));
    }
    return artifacts;
  }

  private static Optional<ResolvedArtifact> parse(String line) {
    String[] parts = line.strip().split(" ", 2)[0].split(":", -1);
    return parts.length == 5 && parts[2].equals("jar")
        ? Optional.of(new ResolvedArtifact(parts[0], parts[1], parts[3]))
        : Optional.empty();
  }

  String key() {
    return group + ":" + artifact;
  }

  String fileName() {
    return artifact + "-" + version + ".jar";
  }
}

package ai.ratio1.features;

import java.util.Optional;

/**
 * An artifact as Maven resolved it.
 *
 * @param group group id
 * @param artifact artifact id
 * @param version the version the bill of materials says
 */
record ResolvedArtifact(String group, String artifact, String version) {

  /** Reads a line of {@code dependency:list}; empty for lines that name no jar. */
  static Optional<ResolvedArtifact> parse(String line) {
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

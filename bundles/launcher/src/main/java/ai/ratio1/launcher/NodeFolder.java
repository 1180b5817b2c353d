package ai.ratio1.launcher;

import java.nio.file.Path;

/**
 * A node's place on disk.
 *
 * @param root the folder; one node at a time uses it
 */
public record NodeFolder(Path root) {

  /** What must survive: keys, votes, tables. The framework property {@code r1.data}. */
  public Path data() {
    return root.resolve("data");
  }

  /** The framework's cache; disposable at any time. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** The node's own log. */
  public Path log() {
    return logFolder().resolve("node.log");
  }

  /** What the operator configures; the OSGi Configurator's JSON. Need not exist. */
  public Path configuration() {
    return root.resolve("conf").resolve("node.json");
  }

  /** What the hardware profile of the last start says; the same format. Need not exist. */
  Path profileDefaults() {
    return data().resolve("hardware").resolve("defaults.json");
  }

  Path logFolder() {
    return root.resolve("log");
  }

  /** What the node was last started with, for whoever wants to read it. */
  Path seed() {
    return root.resolve("cache.seed.json");
  }

  Path logConfiguration() {
    return root.resolve("cache.logback.xml");
  }
}

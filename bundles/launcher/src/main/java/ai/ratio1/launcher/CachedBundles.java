package ai.ratio1.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * The framework's copies of installed bundles: {@code bundle<id>/version<n>.<m>/bundle.jar}, the
 * newest of which is what runs.
 *
 * @param cache Felix's storage folder
 */
record CachedBundles(Path cache) {

  /** Whether the framework's own copy is what the feature says. */
  boolean holds(Bundle bundle, PlannedBundle planned) throws IOException {
    Optional<Path> copy = copyOf(bundle);
    return copy.isPresent() && Sha256.of(Files.readAllBytes(copy.get())).equals(planned.sha256());
  }

  private Optional<Path> copyOf(Bundle bundle) throws IOException {
    Path folder = cache.resolve("bundle" + bundle.getBundleId());
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .map(version -> version.resolve("bundle.jar"))
          .filter(Files::isRegularFile)
          .max(Comparator.comparingDouble(CachedBundles::version));
    }
  }

  private static double version(Path jar) {
    String folder = String.valueOf(jar.getName(jar.getNameCount() - 2));
    return folder.matches("version\\d+\\.\\d+")
        ? Double.parseDouble(folder.substring("version".length()))
        : -1;
  }
}

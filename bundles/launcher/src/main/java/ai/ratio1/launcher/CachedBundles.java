package ai.ratio1.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The framework's copies of installed bundles: {@code bundle<id>/version<n>.<m>/bundle.jar}, the
 * newest of which is what runs.
 *
 * @param cache Felix's storage folder
 */
record CachedBundles(Path cache) {

  /**
   * Those whose copy is what the feature says.
   *
   * @param installed bundles of the framework by location
   */
  Set<PlannedBundle> intact(List<PlannedBundle> planned, Map<String, Bundle> installed) {
    // Most of a start's first half second, when there is nothing else to do for the other cores.
    return planned.parallelStream()
        .filter(plan -> holds(installed.get(plan.location()), plan))
        .collect(Collectors.toSet());
  }

  private boolean holds(@Nullable Bundle bundle, PlannedBundle planned) {
    try {
      Optional<Path> copy = bundle == null ? Optional.empty() : copyOf(bundle);
      return copy.isPresent() && Sha256.of(copy.get()).equals(planned.sha256());
    } catch (IOException e) {
      // What cannot be read is replaced.
      return false;
    }
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

package ai.ratio1.launcher;

import ai.ratio1.base.R1Exception;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds every bundle of the distribution, each compared with what the feature says
 * before it is used. Thread-safe.
 */
public final class BundleFolder {

  private final Path path;
  private final @Nullable Map<PlannedBundle, byte[]> known;

  private BundleFolder(Path path, @Nullable Map<PlannedBundle, byte[]> known) {
    this.path = path;
    this.known = known;
  }

  /** For one node: nothing that was read is kept. */
  public static BundleFolder of(Path path) {
    return new BundleFolder(path, null);
  }

  /**
   * For nodes that start at the same time in one JVM: what was read and hashed for one of them,
   * some 30 MB, is kept for the next. Drop it when they have started.
   */
  public static BundleFolder shared(Path path) {
    return new BundleFolder(path, new ConcurrentHashMap<>());
  }

  /**
   * Reads and checks what features ask for before anybody needs it. Useful only when shared; a
   * bundle that is missing or altered is left for the node that asks for it to report.
   */
  public void readAhead(List<Path> features) {
    try {
      for (PlannedBundle bundle : LaunchPlan.of(features).bundles()) {
        verified(bundle).close();
      }
    } catch (IOException | R1Exception e) {
      return;
    }
  }

  /** The content of a bundle, after it was compared with what the feature says. */
  InputStream verified(PlannedBundle bundle) throws IOException {
    try {
      return new ByteArrayInputStream(
          known == null ? read(bundle) : known.computeIfAbsent(bundle, this::read));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private byte[] read(PlannedBundle bundle) {
    Path file = path.resolve(bundle.fileName());
    if (!Files.isRegularFile(file)) {
      throw LaunchError.missing(file);
    }
    try {
      byte[] content = Files.readAllBytes(file);
      String found = Sha256.of(content);
      if (!found.equals(bundle.sha256())) {
        throw LaunchError.altered(file, bundle.sha256(), found);
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package ai.ratio1.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds every bundle of the distribution.
 *
 * @param path where it is
 */
record BundleFolder(Path path) {

  /** The content of a bundle, after it was compared with what the feature says. */
  InputStream verified(PlannedBundle bundle) throws IOException {
    Path file = path.resolve(bundle.fileName());
    if (!Files.isRegularFile(file)) {
      throw LaunchError.missing(file);
    }
    byte[] content = Files.readAllBytes(file);
    String found = Sha256.of(content);
    if (!found.equals(bundle.sha256())) {
      throw LaunchError.altered(file, bundle.sha256(), found);
    }
    return new ByteArrayInputStream(content);
  }
}

package ai.ratio1.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The folder that holds every bundle of the distribution.
 *
 * @param path where it is
 */
record BundleFolder(Path path) {

  /** The file of a bundle, after its content was compared with what the feature says. */
  Path verified(PlannedBundle bundle) throws IOException {
    Path file = path.resolve(bundle.fileName());
    if (!Files.isRegularFile(file)) {
      throw LaunchError.missing(file);
    }
    String found = sha256(file);
    if (!found.equals(bundle.sha256())) {
      throw LaunchError.altered(file, bundle.sha256(), found);
    }
    return file;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

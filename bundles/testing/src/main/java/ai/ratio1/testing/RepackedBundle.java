package ai.ratio1.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The same bundle as another release of it: what it exports stays, its own version changes. */
public final class RepackedBundle {

  private static final String VERSION = "Bundle-Version";

  private RepackedBundle() {}

  /**
   * Writes a bundle again.
   *
   * @param from a jar whose manifest comes first
   * @param to the file to write
   * @param version an OSGi version
   */
  public static void write(Path from, Path to, String version) throws IOException {
    try (JarInputStream in = new JarInputStream(Files.newInputStream(from))) {
      Manifest manifest = new Manifest(in.getManifest());
      manifest.getMainAttributes().putValue(VERSION, version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
          out.closeEntry();
        }
      }
    }
  }
}

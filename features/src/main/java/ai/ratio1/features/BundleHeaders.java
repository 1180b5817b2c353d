package ai.ratio1.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a bundle says of itself.
 *
 * @param symbolicName without its directives
 * @param version an OSGi version
 */
record BundleHeaders(String symbolicName, String version) {

  /** Reads a jar; fails when it is no bundle. */
  static BundleHeaders of(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = headers.getValue("Bundle-SymbolicName");
      String version = headers.getValue("Bundle-Version");
      if (name == null || version == null) {
        throw new IllegalStateException(jar + " is no bundle");
      }
      return new BundleHeaders(name.split(";", 2)[0].strip(), version.strip());
    }
  }

  /** The name that Kura gives to files of bundles. */
  String fileName() {
    return symbolicName + "_" + version + ".jar";
  }
}

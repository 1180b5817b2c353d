package ai.ratio1.itests.kura;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A deployment package that can be taken apart and written in another way. */
record PackageFile(Manifest manifest, Map<String, byte[]> bundles) {

  private static final String VERSION = "DeploymentPackage-Version";

  static PackageFile read(Path file) throws IOException {
    try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
      Map<String, byte[]> bundles = new LinkedHashMap<>();
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        bundles.put(entry.getName(), jar.readAllBytes());
      }
      return new PackageFile(jar.getManifest(), bundles);
    }
  }

  /** The same bundles in another version of the package. */
  PackageFile version(String version) {
    Manifest changed = new Manifest(manifest);
    changed.getMainAttributes().putValue(VERSION, version);
    return new PackageFile(changed, bundles);
  }

  /** Without the bundles whose file names match. */
  PackageFile without(Predicate<String> files) {
    Manifest changed = new Manifest(manifest);
    changed.getEntries().keySet().removeIf(files);
    Map<String, byte[]> rest = new LinkedHashMap<>(bundles);
    rest.keySet().removeIf(files);
    return new PackageFile(changed, rest);
  }

  /** In an order that a seed decides. */
  PackageFile shuffled(long seed) {
    List<String> names = new ArrayList<>(bundles.keySet());
    Collections.shuffle(names, new Random(seed));
    Map<String, byte[]> changed = new LinkedHashMap<>();
    names.forEach(name -> changed.put(name, bundles.get(name)));
    return new PackageFile(manifest, changed);
  }

  /** The bundles. */
  List<String> symbolicNames() {
    return manifest.getEntries().values().stream()
        .map(section -> section.getValue("Bundle-SymbolicName"))
        .toList();
  }

  Path write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
        jar.putNextEntry(new JarEntry(bundle.getKey()));
        jar.write(bundle.getValue());
        jar.closeEntry();
      }
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      bytes.writeTo(out);
    }
    return file;
  }
}

package ai.ratio1.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Bundles without code and the feature that lists them. */
final class TinyDistribution {

  private final List<String> entries = new ArrayList<>();
  private final Path root;

  TinyDistribution(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(bundles());
  }

  Path bundles() {
    return root.resolve("bundles");
  }

  /** Adds a bundle with extra manifest headers, given as {@code Name: value}. */
  TinyDistribution with(String name, int startLevel, String... headers) throws IOException {
    byte[] jar = jar(name, headers);
    Files.write(file(name), jar);
    entries.add(
        "{\"id\":\"t:%s:1\",\"start-level\":%d,\"sha-256\":\"%s\"}"
            .formatted(name, startLevel, sha256(jar)));
    return this;
  }

  /** Adds a bundle that is for some machines alone. */
  TinyDistribution withOptional(String name, String... headers) throws IOException {
    with(name, 1, headers);
    int last = entries.size() - 1;
    entries.set(last, entries.get(last).replace("}", ",\"optional\":true}"));
    return this;
  }

  TinyDistribution without(String name) {
    entries.removeIf(e -> e.contains("t:" + name + ":"));
    return this;
  }

  Path file(String name) {
    return bundles().resolve(name + "-1.jar");
  }

  Path feature() throws IOException {
    return feature("");
  }

  Path feature(String configurations) throws IOException {
    String text =
        "{\"feature-resource-version\":\"1.0\",\"id\":\"t:feature:1\",\"bundles\":["
            + String.join(",", entries)
            + "],\"configurations\":{"
            + configurations
            + "}}";
    return Files.writeString(root.resolve("feature.json"), text);
  }

  private static byte[] jar(String name, String... headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      main.putValue(parts[0], parts[1]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(new String(bytes, StandardCharsets.ISO_8859_1), e);
    }
  }
}

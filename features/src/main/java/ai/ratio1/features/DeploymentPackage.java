package ai.ratio1.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An OSGi deployment package: a manifest that says which bundle in which version each entry is, and
 * then the bundles, in the order in which they are to start. Equal bundles make equal bytes.
 *
 * <p>Source: OSGi Compendium, Deployment Admin Service Specification, chapter 114.
 */
final class DeploymentPackage {

  /** The earliest moment a zip file can name. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final String symbolicName;
  private final String version;
  private final String name;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> symbolicNames = new LinkedHashSet<>();

  private record Entry(String file, String symbolicName, String version, byte[] jar) {}

  /**
   * An empty package.
   *
   * @param version an OSGi version
   * @param name what people call it
   */
  DeploymentPackage(String symbolicName, String version, String name) {
    this.symbolicName = symbolicName;
    this.version = version;
    this.name = name;
  }

  /** Adds a bundle behind those that are there; fails when it is no bundle, or one of them. */
  void add(Path jar) throws IOException {
    BundleHeaders bundle = BundleHeaders.of(jar);
    if (!symbolicNames.add(bundle.symbolicName())) {
      throw new IllegalStateException(bundle.symbolicName() + " is in the package already");
    }
    entries.add(
        new Entry(
            bundle.fileName(), bundle.symbolicName(), bundle.version(), Files.readAllBytes(jar)));
  }

  /** Writes the package. */
  void write(Path to) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.toAbsolutePath().getParent()));
    try (OutputStream file = Files.newOutputStream(to);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      put(zip, JarFile.MANIFEST_NAME, manifest());
      for (Entry entry : entries) {
        put(zip, entry.file(), entry.jar());
      }
    }
  }

  private byte[] manifest() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("DeploymentPackage-SymbolicName", symbolicName);
    main.putValue("DeploymentPackage-Version", version);
    main.putValue("DeploymentPackage-Name", name);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    // One at a time: a manifest of many sections would write them in the order of a hash table.
    for (Entry entry : entries) {
      bytes.write(section(entry));
    }
    return bytes.toByteArray();
  }

  private static byte[] section(Entry entry) throws IOException {
    Manifest one = new Manifest();
    one.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Attributes attributes = new Attributes();
    attributes.putValue("Bundle-SymbolicName", entry.symbolicName());
    attributes.putValue("Bundle-Version", entry.version());
    one.getEntries().put(entry.file(), attributes);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    one.write(bytes);
    byte[] whole = bytes.toByteArray();
    int begin = "Manifest-Version: 1.0\r\n\r\n".length();
    byte[] section = new byte[whole.length - begin];
    System.arraycopy(whole, begin, section, 0, section.length);
    return section;
  }

  /** Not compressed again: jars are, and the compressor of one JDK is not that of another. */
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

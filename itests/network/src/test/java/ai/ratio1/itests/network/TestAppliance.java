package ai.ratio1.itests.network;

import ai.ratio1.devnet.Installation;
import ai.ratio1.itests.foes.EquivocatingTransport;
import ai.ratio1.itests.foes.LyingLedger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The appliance that the build assembled, and a copy of it with faulty oracles. */
final class TestAppliance {

  /** The clone under test. */
  static final Path CLONE = Path.of(System.getProperty("r1.clone"));

  static final Path ORIGINAL = CLONE.resolve("distribution/target/appliance");
  static final Path NPM_PACKAGES = CLONE.resolve("contracts/node_modules");

  /** Name of the feature that makes an oracle lie. */
  static final String LIAR = "liar";

  /** Name of the feature that makes an oracle sign two conflicting statements. */
  static final String EQUIVOCATOR = "equivocator";

  private TestAppliance() {}

  static Installation original() {
    return installation(ORIGINAL);
  }

  /** The same bundles, plus the features of the foes. */
  static Installation withFoes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.toList()) {
        Path target = folder.resolve(ORIGINAL.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    Path jar = jarOf(LyingLedger.class);
    // Named as the launcher expects it from these coordinates.
    Files.copy(jar, folder.resolve("bundles").resolve("ai.ratio1.itests.foes-1.jar"));
    String hash = sha256(jar);
    writeFeature(folder, LIAR, LyingLedger.PID, hash);
    writeFeature(folder, EQUIVOCATOR, EquivocatingTransport.PID, hash);
    return installation(folder);
  }

  private static void writeFeature(Path folder, String name, String pid, String hash)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode feature = json.createObjectNode().put("feature-resource-version", "1.0");
    feature.put("id", "ai.ratio1:ai.ratio1.feature." + name + ":1");
    feature
        .putArray("bundles")
        .addObject()
        .put("id", "ai.ratio1:ai.ratio1.itests.foes:1")
        .put("start-level", 10)
        .put("sha-256", hash);
    feature.putObject("configurations").putObject(pid).put("enabled", true);
    Files.write(
        folder.resolve("features").resolve(name + ".json"), json.writeValueAsBytes(feature));
  }

  private static Installation installation(Path appliance) {
    List<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
    return Installation.find(appliance, NPM_PACKAGES, path);
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

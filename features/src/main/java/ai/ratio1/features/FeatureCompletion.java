package ai.ratio1.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns a list of {@code features/} into a complete feature file: {@code ${version}} becomes what
 * the bill of materials says, and every bundle gets the hash of its file.
 */
final class FeatureCompletion {

  private static final String VERSION = "${version}";

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final Set<String> listed = new TreeSet<>();
  private final Map<String, ResolvedArtifact> resolved;
  private final Path jars;
  private final String projectVersion;

  FeatureCompletion(Map<String, ResolvedArtifact> resolved, Path jars, String projectVersion) {
    this.resolved = resolved;
    this.jars = jars;
    this.projectVersion = projectVersion;
  }

  /** The complete feature; fails when the list names what Maven did not resolve. */
  byte[] complete(Path list) throws IOException {
    ObjectNode feature = (ObjectNode) json.readTree(list.toFile());
    feature.put("id", feature.path("id").asText().replace(VERSION, projectVersion));
    for (JsonNode node : feature.withArray("bundles")) {
      ObjectNode bundle = (ObjectNode) node;
      String key = bundle.path("id").asText().replace(":" + VERSION, "");
      ResolvedArtifact artifact = resolved.get(key);
      if (artifact == null) {
        throw new IllegalStateException(list + ": " + key + " is no dependency of this module");
      }
      listed.add(key);
      bundle.put("id", key + ":" + artifact.version());
      bundle.put("sha-256", sha256(jars.resolve(artifact.fileName())));
    }
    return json.writeValueAsBytes(feature);
  }

  /** {@code group:artifact} of every bundle on any list completed so far. */
  Set<String> listed() {
    return listed;
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

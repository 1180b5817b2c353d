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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns the lists in {@code features/} into complete feature files: {@code ${version}} becomes what
 * the bill of materials says, and every bundle gets the hash of its file. Fails when a list names a
 * bundle that was not resolved, and when a resolved bundle is on no list.
 */
public final class FeatureCompletion {

  private static final String VERSION = "${version}";

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private final Map<String, ResolvedArtifact> resolved = new HashMap<>();
  private final Set<String> unlisted = new TreeSet<>();
  private final Path bundles;
  private final String projectVersion;

  private FeatureCompletion(Path dependencies, Path bundles, String projectVersion)
      throws IOException {
    this.bundles = bundles;
    this.projectVersion = projectVersion;
    for (String line : Files.readAllLines(dependencies)) {
      ResolvedArtifact.parse(line).ifPresent(a -> resolved.put(a.key(), a));
    }
    unlisted.addAll(resolved.keySet());
  }

  /**
   * Completes every list of a folder.
   *
   * @param arguments folder of lists, output of {@code dependency:list}, folder of bundles, folder
   *     to write to, project version
   */
  public static void main(String[] arguments) throws IOException {
    FeatureCompletion completion =
        new FeatureCompletion(Path.of(arguments[1]), Path.of(arguments[2]), arguments[4]);
    Path target = Files.createDirectories(Path.of(arguments[3]));
    for (Path list : lists(Path.of(arguments[0]))) {
      byte[] complete = completion.complete(list);
      Files.write(target.resolve(list.getFileName().toString()), complete);
    }
    if (!completion.unlisted.isEmpty()) {
      throw new IllegalStateException("on no feature list: " + completion.unlisted);
    }
  }

  private byte[] complete(Path list) throws IOException {
    ObjectNode feature = (ObjectNode) json.readTree(list.toFile());
    feature.put("id", feature.path("id").asText().replace(VERSION, projectVersion));
    for (JsonNode node : feature.withArray("bundles")) {
      ObjectNode bundle = (ObjectNode) node;
      String key = bundle.path("id").asText().replace(":" + VERSION, "");
      ResolvedArtifact artifact = resolved.get(key);
      if (artifact == null) {
        throw new IllegalStateException(list + ": " + key + " is no dependency of this module");
      }
      unlisted.remove(key);
      bundle.put("id", key + ":" + artifact.version());
      bundle.put("sha-256", sha256(bundles.resolve(artifact.fileName())));
    }
    return json.writeValueAsBytes(feature);
  }

  private static List<Path> lists(Path folder) throws IOException {
    List<Path> lists = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(f -> f.toString().endsWith(".json")).sorted().forEach(lists::add);
    }
    return lists;
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

package ai.ratio1.itests.packages;

import ai.ratio1.launcher.BundleFolder;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.launcher.NodeFramework;
import ai.ratio1.testing.RepackedBundle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All features of the appliance as one, in an order, a version or a selection of its own.
 *
 * @param feature the feature
 * @param bundles the folder its bundles are in
 */
record Appliance(ObjectNode feature, Path bundles) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "ai.ratio1:";
  private static final List<String> FEATURES = List.of("base", "hardware", "broker", "node");

  /** As it is in a folder. */
  static Appliance in(Path home) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("feature-resource-version", "1.0");
    all.put("id", "ai.ratio1:ai.ratio1.feature.all:0");
    ArrayNode bundles = all.putArray("bundles");
    ObjectNode configurations = all.putObject("configurations");
    for (String name : FEATURES) {
      JsonNode one = JSON.readTree(home.resolve("features/" + name + ".json").toFile());
      one.path("bundles").forEach(bundles::add);
      one.path("configurations")
          .properties()
          .forEach(e -> configurations.set(e.getKey(), e.getValue()));
    }
    return new Appliance(all, home.resolve("bundles"));
  }

  /** Every bundle listed anywhere, some for certain machines alone. */
  Set<String> artifacts(boolean optional) {
    Set<String> names = new TreeSet<>();
    for (JsonNode bundle : feature.path("bundles")) {
      if (bundle.path("optional").asBoolean() == optional) {
        names.add(artifact(bundle));
      }
    }
    return names;
  }

  /** In an order that a seed decides; with an odd one all start at one level, in that order. */
  Appliance shuffled(long seed) {
    List<JsonNode> order = new ArrayList<>();
    for (JsonNode bundle : feature.path("bundles")) {
      ObjectNode copy = bundle.deepCopy();
      if (seed % 2 == 1) {
        copy.put("start-level", 1);
      }
      order.add(copy);
    }
    Collections.shuffle(order, new Random(seed));
    return with(order, bundles);
  }

  /** Without some of its bundles. */
  Appliance without(Predicate<String> artifacts) {
    List<JsonNode> rest = new ArrayList<>();
    for (JsonNode bundle : feature.path("bundles")) {
      if (!artifacts.test(artifact(bundle))) {
        rest.add(bundle);
      }
    }
    return with(rest, bundles);
  }

  /** As another release of our own bundles, in a folder of their own. */
  Appliance version(String version, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<JsonNode> changed = new ArrayList<>();
    for (JsonNode bundle : feature.path("bundles")) {
      ObjectNode copy = bundle.deepCopy();
      String[] id = bundle.path("id").asText().split(":", -1);
      Path from = bundles.resolve(id[1] + "-" + id[2] + ".jar");
      if (bundle.path("id").asText().startsWith(OURS)) {
        Path to = folder.resolve(id[1] + "-" + version + ".jar");
        RepackedBundle.write(from, to, version);
        copy.put("id", id[0] + ":" + id[1] + ":" + version);
        copy.put("sha-256", sha256(to));
      } else {
        Files.copy(from, folder.resolve(from.getFileName()));
      }
      changed.add(copy);
    }
    return with(changed, folder);
  }

  /** Starts a node of it. */
  NodeFramework start(Path folder) throws IOException {
    Path list = Files.createTempFile("feature", ".json");
    try {
      Files.write(list, JSON.writeValueAsBytes(feature));
      return NodeFramework.start(
          BundleFolder.of(bundles), List.of(list), new NodeFolder(folder), Clock.systemUTC());
    } finally {
      Files.delete(list);
    }
  }

  private Appliance with(List<JsonNode> order, Path folder) {
    ObjectNode changed = feature.deepCopy();
    changed.putArray("bundles").addAll(order);
    return new Appliance(changed, folder);
  }

  private static String artifact(JsonNode bundle) {
    return bundle.path("id").asText().split(":", -1)[1];
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

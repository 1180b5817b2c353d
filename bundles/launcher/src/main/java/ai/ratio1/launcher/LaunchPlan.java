package ai.ratio1.launcher;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureService;

/**
 * What a set of feature files asks for: bundles in start order and default configurations.
 *
 * @param bundles ordered by start level, then as listed; no bundle twice
 * @param configurations properties by PID
 */
record LaunchPlan(List<PlannedBundle> bundles, Map<String, Map<String, Object>> configurations) {

  LaunchPlan {
    bundles = List.copyOf(bundles);
  }

  /** Reads feature files (OSGi Feature Service, chapter 159); the first to name a bundle counts. */
  static LaunchPlan of(List<Path> features) {
    Map<String, PlannedBundle> bundles = new LinkedHashMap<>();
    Map<String, Map<String, Object>> configurations = new TreeMap<>();
    for (Path file : features) {
      Feature feature = read(file);
      for (FeatureBundle bundle : feature.getBundles()) {
        PlannedBundle planned = planned(file, bundle);
        bundles.putIfAbsent(planned.id(), planned);
      }
      feature
          .getConfigurations()
          .forEach((pid, c) -> configurations.put(pid, new LinkedHashMap<>(c.getValues())));
    }
    List<PlannedBundle> ordered = new ArrayList<>(bundles.values());
    ordered.sort(Comparator.comparingInt(PlannedBundle::startLevel));
    return new LaunchPlan(ordered, configurations);
  }

  int highestStartLevel() {
    return bundles.isEmpty() ? 1 : bundles.get(bundles.size() - 1).startLevel();
  }

  private static Feature read(Path file) {
    FeatureService features = new FeatureServiceImpl();
    try (Reader reader = Files.newBufferedReader(file)) {
      return features.readFeature(reader);
    } catch (IOException | RuntimeException e) {
      throw LaunchError.badFeature(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static PlannedBundle planned(Path file, FeatureBundle bundle) {
    String id =
        bundle.getID().getGroupId()
            + ":"
            + bundle.getID().getArtifactId()
            + ":"
            + bundle.getID().getVersion();
    Object level = bundle.getMetadata().get("start-level");
    Object hash = bundle.getMetadata().get("sha-256");
    if (!(level instanceof Number number) || number.intValue() < 1 || number.intValue() > 99) {
      throw unusable(file, id, "start-level must be 1 to 99");
    }
    if (!(hash instanceof String text) || !text.matches("[0-9a-f]{64}")) {
      throw unusable(file, id, "sha-256 must be 64 hexadecimal digits");
    }
    // The library turns JSON's true into a text.
    boolean optional = "true".equals(String.valueOf(bundle.getMetadata().get("optional")));
    return new PlannedBundle(id, number.intValue(), text, optional);
  }

  private static R1Exception unusable(Path file, String id, String why) {
    return LaunchError.badFeature(file, id + ": " + why, null);
  }
}

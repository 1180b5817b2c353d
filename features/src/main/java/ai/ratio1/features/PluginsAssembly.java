package ai.ratio1.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays out bundles as Eclipse Kura 6 finds them: in folders of its plugins that are named after the
 * start level. Kura goes no further than level 6, so the levels of the features are folded.
 */
public final class PluginsAssembly {

  private PluginsAssembly() {}

  /**
   * Assembles.
   *
   * @param arguments definition of the package; the appliance; folder of the bundles that only a
   *     gateway needs; the folder to fill
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode definition = new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
    Path plugins = Path.of(arguments[3]);
    empty(plugins);
    List<GatewayBundles.Listed> bundles =
        new GatewayBundles(Path.of(arguments[1]), Path.of(arguments[2])).of(definition);
    for (GatewayBundles.Listed bundle : bundles) {
      Path folder = plugins.resolve(folderOf(bundle.startLevel(), definition.path("levels")));
      Files.createDirectories(folder);
      // Fails when there is one of that name: no bundle comes twice.
      Files.copy(bundle.jar(), folder.resolve(BundleHeaders.of(bundle.jar()).fileName()));
    }
  }

  private static String folderOf(int startLevel, JsonNode levels) {
    for (JsonNode level : levels) {
      if (startLevel <= level.path("up-to").asInt()) {
        return level.path("folder").asText();
      }
    }
    throw new IllegalStateException("no folder for start level " + startLevel);
  }

  private static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}

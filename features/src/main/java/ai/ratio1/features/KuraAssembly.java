package ai.ratio1.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the package for Eclipse Kura 5 out of the completed features of the appliance. */
public final class KuraAssembly {

  private KuraAssembly() {}

  /**
   * Assembles.
   *
   * @param arguments definition of the package; the appliance; folder of the bundles that only a
   *     gateway needs; the package to write; project version
   */
  public static void main(String[] arguments) throws IOException {
    JsonNode definition = new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
    DeploymentPackage made =
        new DeploymentPackage(
            definition.path("symbolic-name").asText(),
            arguments[4].replace('-', '.'),
            definition.path("name").asText());
    GatewayBundles bundles = new GatewayBundles(Path.of(arguments[1]), Path.of(arguments[2]));
    for (GatewayBundles.Listed bundle : bundles.of(definition)) {
      made.add(bundle.jar());
    }
    made.write(Path.of(arguments[3]));
  }
}

package ai.ratio1.devnet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the programs are.
 *
 * @param appliance folder of the appliance: {@code bundles}, {@code features}, {@code lib}
 * @param anvil the chain's binary
 * @param mosquitto the broker's binary, when it is asked for
 */
public record Installation(Path appliance, Path anvil, Path mosquitto) {

  private static final String ANVIL_HINT =
      "Run ./r1 up with a network once: it installs @foundry-rs/anvil with npm.";

  /**
   * Finds the programs: the appliance by its own location, anvil among the npm packages of the
   * clone or on the path, mosquitto on the path.
   */
  public static Installation find(Path appliance, Path npmPackages, List<Path> path) {
    Stream<Path> packaged =
        Stream.of("amd64", "arm64")
            .map(a -> npmPackages.resolve("@foundry-rs/anvil-linux-" + a + "/bin/anvil"));
    Path anvil =
        Stream.concat(packaged, path.stream().map(p -> p.resolve("anvil")))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("anvil"));
    Path mosquitto =
        Stream.concat(path.stream(), Stream.of(Path.of("/usr/sbin")))
            .map(p -> p.resolve("mosquitto"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("mosquitto"));
    return new Installation(appliance, anvil, mosquitto);
  }

  Path requireAnvil() {
    if (!Files.isExecutable(anvil)) {
      throw DevnetError.noProgram("anvil, the development chain,", ANVIL_HINT);
    }
    return anvil;
  }

  Path requireMosquitto() {
    if (!Files.isExecutable(mosquitto)) {
      throw DevnetError.noProgram(
          "mosquitto", "Install it: sudo apt-get install mosquitto; or use the embedded broker.");
    }
    return mosquitto;
  }

  /** Class path of the appliance's plain programs. */
  String classPath() throws IOException {
    return Files.readAllLines(appliance.resolve("lib").resolve("classpath")).stream()
        .map(entry -> appliance.resolve(entry).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  Path bundles() {
    return appliance.resolve("bundles");
  }

  Path feature(String name) {
    return appliance.resolve("features").resolve(name + ".json");
  }
}

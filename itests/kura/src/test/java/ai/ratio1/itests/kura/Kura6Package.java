package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.testing.RepackedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Debian package for Kura 6 as the build made it, unpacked.
 *
 * @param root what it would install, below this folder
 */
record Kura6Package(Path root) {

  private static final Path PACKAGES = Path.of("..", "..", "distribution", "kura6", "target");

  /** Unpacks it with Debian's own tool. */
  static Kura6Package extract(Path to) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      Path deb = files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
      Process process =
          new ProcessBuilder("dpkg-deb", "--extract", deb.toString(), to.toString())
              .inheritIO()
              .start();
      assertThat(process.waitFor()).as("dpkg-deb on %s", deb).isZero();
    }
    return new Kura6Package(to);
  }

  Path plugins() {
    return root.resolve("opt/eclipse/kura/plugins");
  }

  /** The plugins in another folder; our bundles in another version when one is given. */
  Path copied(Path to, String version) throws IOException {
    try (Stream<Path> files = Files.walk(plugins())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(plugins().relativize(file));
        Files.createDirectories(copy.getParent());
        if (version.isEmpty() || !file.getFileName().toString().startsWith("ai.ratio1.")) {
          Files.copy(file, copy);
        } else {
          RepackedBundle.write(file, copy, version);
        }
      }
    }
    return to;
  }

  /** Exit status and words of the command that comes with the package. */
  String check(int console) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(root.resolve("usr/bin/ratio1-check").toString());
    command.environment().put("KURA_CONSOLE_PORT", String.valueOf(console));
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + ": " + said;
  }
}

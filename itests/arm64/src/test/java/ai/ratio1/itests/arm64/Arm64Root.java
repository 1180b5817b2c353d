package ai.ratio1.itests.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian for arm64 as a folder, whose programs run under qemu's user mode. Made once, some 275 MB.
 *
 * @param folder where it is
 */
record Arm64Root(Path folder) {

  private static final String PACKAGES = "openjdk-17-jre-headless,libsecp256k1-1,libc6";
  private static final int MINUTES_TO_MAKE = 20;

  static Arm64Root in(Path folder) throws IOException, InterruptedException {
    Arm64Root root = new Arm64Root(folder);
    if (!Files.exists(root.java())) {
      // Unpacked and not configured: that would run its programs.
      run(
          MINUTES_TO_MAKE,
          List.of(
              "mmdebstrap",
              "--arch=arm64",
              "--variant=extract",
              "--include=" + PACKAGES,
              "bookworm",
              folder.toString()));
    }
    return root;
  }

  /** A command that runs Java with options; the first compiler, for emulation is slow enough. */
  List<String> java(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-aarch64-static",
                "-L",
                folder.toString(),
                java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djna.library.path=" + folder.resolve("usr/lib/aarch64-linux-gnu")));
    command.addAll(arguments);
    return command;
  }

  /** Runs a command to its end, and gives what it said. */
  static String run(int minutes, List<String> command) throws IOException, InterruptedException {
    File said = File.createTempFile("arm64", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(said.toPath(), StandardCharsets.UTF_8);
    Files.delete(said.toPath());
    assertThat(ended && process.exitValue() == 0).as("%s says: %s", command, text).isTrue();
    return text;
  }

  private Path java() {
    return folder.resolve("usr/lib/jvm/java-17-openjdk-arm64/bin/java");
  }
}

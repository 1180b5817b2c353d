package ai.ratio1.itests.arm64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node of the appliance on an emulated processor; it stops with the test. */
final class EmulatedNode implements AutoCloseable {

  private static final Path CLONE = Path.of(System.getProperty("r1.clone"));
  private static final Path APPLIANCE = CLONE.resolve("distribution/target/appliance");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Path folder;

  private EmulatedNode(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts a node on a recorded board. */
  static EmulatedNode start(Arm64Root root, Path folder, String board, String configuration)
      throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/node.json"), configuration);
    List<String> arguments = new ArrayList<>();
    arguments.add(
        "-Dr1.hardware.root=" + CLONE.resolve("hardware-profiles/fixtures").resolve(board));
    arguments.addAll(List.of("-cp", classPath(), "ai.ratio1.launcher.NodeProgram"));
    arguments.addAll(List.of("--bundles", APPLIANCE.resolve("bundles").toString()));
    for (String feature : List.of("base", "hardware", "node")) {
      arguments.addAll(
          List.of("--feature", APPLIANCE.resolve("features/" + feature + ".json").toString()));
    }
    arguments.addAll(List.of("--folder", folder.toString(), "--stop-with-stdin"));
    Process process =
        new ProcessBuilder(root.java(arguments))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.log").toFile())
            .start();
    return new EmulatedNode(process, folder);
  }

  /** Waits until its log has a text, and gives the whole log. */
  String awaitLog(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String log = "";
    while (System.nanoTime() < end && process.isAlive()) {
      log = read("log/node.log");
      if (log.contains(text)) {
        return log;
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
    throw new AssertionError(
        "The log lacks \"" + text + "\":\n" + log + "\nThe console:\n" + read("console.log"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
  }

  private String read(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static String classPath() throws IOException {
    return String.join(
        ":",
        Files.readAllLines(APPLIANCE.resolve("lib/classpath")).stream()
            .map(entry -> APPLIANCE.resolve(entry).toString())
            .toList());
  }
}

package ai.ratio1.devnet;

import ai.ratio1.launcher.BundleFolder;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.launcher.NodeFramework;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A running part of a devnet: a framework in this JVM, or a process of its own. */
sealed interface DevnetProcess extends AutoCloseable
    permits DevnetProcess.SameProcess, DevnetProcess.OwnProcess, AnvilProcess {

  /** What a framework is started with. */
  record Launch(Installation installation, List<String> features, Path folder, Duration offset) {

    public Launch {
      features = List.copyOf(features);
    }

    List<Path> featureFiles() {
      return features.stream().map(installation::feature).toList();
    }
  }

  /** Starts a framework and waits until its bundles have started (in this JVM only). */
  static DevnetProcess start(Launch launch, BundleFolder bundles, boolean ownProcess)
      throws IOException {
    return ownProcess ? OwnProcess.start(launch) : SameProcess.start(launch, bundles);
  }

  /**
   * Starts a program in a session of its own: Ctrl-C at the terminal is for the devnet, which stops
   * its parts in order.
   *
   * @param console what it prints goes to the end of this file
   */
  static Process launch(List<String> command, Path console) throws IOException {
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(command);
    return new ProcessBuilder(detached)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
        .start();
  }

  /** Its process, when it has one of its own. */
  Optional<ProcessHandle> handle();

  /** Stops it in order and waits; idempotent. */
  @Override
  void close();

  /** A framework in this JVM. */
  record SameProcess(NodeFramework framework) implements DevnetProcess {

    static SameProcess start(Launch launch, BundleFolder bundles) {
      return new SameProcess(
          NodeFramework.start(
              bundles,
              launch.featureFiles(),
              new NodeFolder(launch.folder()),
              Clock.offset(Clock.systemUTC(), launch.offset())));
    }

    @Override
    public Optional<ProcessHandle> handle() {
      return Optional.empty();
    }

    @Override
    public void close() {
      framework.close();
    }
  }

  /** A process of its own. */
  record OwnProcess(Process child) implements DevnetProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** Starts a framework in a JVM of its own, which ends when this one does. */
    static OwnProcess start(Launch launch) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // As bin/ratio1-node starts a node on a gateway.
      command.addAll(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx192m", "-Xss512k"));
      command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
      // A heap that is full does not get better; whoever supervises starts it anew.
      command.add("-XX:+ExitOnOutOfMemoryError");
      command.add("-Dorg.ops4j.pax.logging.DefaultServiceLog.level=WARN");
      command.addAll(List.of("-cp", launch.installation().classPath()));
      command.add("ai.ratio1.launcher.NodeProgram");
      command.addAll(List.of("--bundles", launch.installation().bundles().toString()));
      for (Path feature : launch.featureFiles()) {
        command.addAll(List.of("--feature", feature.toString()));
      }
      command.addAll(List.of("--folder", launch.folder().toString()));
      command.addAll(List.of("--clock-offset", Long.toString(launch.offset().toMillis())));
      command.add("--stop-with-stdin");
      return start(command, launch.folder().resolve("console.log"));
    }

    /** Starts a program; what it prints goes to the end of a file. */
    static OwnProcess start(List<String> command, Path console) throws IOException {
      return new OwnProcess(launch(command, console));
    }

    @Override
    public Optional<ProcessHandle> handle() {
      return Optional.of(child.toHandle());
    }

    @Override
    public void close() {
      child.destroy();
      try {
        if (!child.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          child.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        child.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}

package ai.ratio1.itests.bench;

import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetFolder;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.Installation;
import ai.ratio1.devnet.NetworkFile;
import ai.ratio1.devnet.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures how soon a node is ready and what it takes, as the appliance's own script starts it, and
 * how soon a new network's first certificate is on chain; see the script run.
 */
public final class NodeBar {

  private static final String NODE = "edge-1";
  private static final Duration SETTLE = Duration.ofSeconds(45);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Path clone;
  private final Path folder;
  private final PrintStream progress;

  private NodeBar(Path clone, Path folder, PrintStream progress) {
    this.clone = clone;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Takes the clone, a mode and a format, as the script hands them on; exits with 1 below a bar.
   */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    Path folder = Files.createTempDirectory("r1-bench");
    try {
      NodeBar bar = new NodeBar(Path.of(words.get(0)), folder, err);
      NodeReport report = bar.measure(words.contains("quick") ? 3 : 7);
      out.println(words.contains("json") ? report.json() : report.table());
      System.exit(report.passes() ? 0 : 1);
    } catch (R1Exception e) {
      err.println("bench: " + e.describe());
      System.exit(1);
    } finally {
      delete(folder);
    }
  }

  private NodeReport measure(int starts) throws IOException {
    progress.println("bench: a new network until its first certificate is on chain, 30 s epochs");
    double certificate = secondsToFirstCertificate();
    progress.println("bench: certificate on chain after " + rounded(certificate) + " s");
    Devnet devnet =
        Devnet.start(
            new DevnetFolder(folder.resolve("devnet")),
            DevnetSettings.DEFAULT,
            installation(),
            new Silence());
    try {
      devnet.stop(NODE);
      progress.println("bench: letting a running network settle for " + SETTLE.toSeconds() + " s");
      LockSupport.parkNanos(SETTLE.toNanos());
      return new NodeReport(certificate, boots(devnet, starts));
    } finally {
      devnet.close();
    }
  }

  private double secondsToFirstCertificate() throws IOException {
    DevnetFolder network = new DevnetFolder(folder.resolve("up"));
    ProcessBuilder builder =
        new ProcessBuilder(appliance().resolve("bin/r1").toString(), "up")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("up.log").toFile());
    builder.environment().put("R1_DEVNET", network.root().toString());
    builder.environment().put("R1_NPM_PACKAGES", npmPackages().toString());
    long begin = System.nanoTime();
    Process up = builder.start();
    try {
      await("the network file", () -> Files.exists(network.networkFile()));
      NetworkFile file = NetworkFile.require(network);
      Certificates certificates = new Certificates(file);
      await("the first certificate", certificates::isFirstRecorded);
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      end(up);
    }
  }

  private List<NodeReport.Boot> boots(Devnet devnet, int starts) throws IOException {
    Path home = new DevnetFolder(folder.resolve("devnet")).node(NODE);
    NodeClient client = new NodeClient(devnet.network().node(NODE).address());
    List<NodeReport.Boot> boots = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(appliance().resolve("bin/ratio1-node").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("node.log").toFile());
      builder.environment().put("R1_NODE_FOLDER", home.toString());
      long begin = System.nanoTime();
      Process node = builder.start();
      try {
        await("a ready node", () -> isReady(client));
        double seconds = (System.nanoTime() - begin) / 1e9;
        LockSupport.parkNanos(IDLE.toNanos());
        boots.add(new NodeReport.Boot(seconds, ResidentSet.megabytes(node.pid())));
        progress.println(
            "bench: start %d of %d: ready after %s s, %.0f MB after %d s"
                .formatted(
                    i + 1, starts, rounded(seconds), boots.get(i).megabytes(), IDLE.toSeconds()));
      } finally {
        end(node);
      }
    }
    return boots;
  }

  private static boolean isReady(NodeClient client) {
    try {
      return client.get("/readyz").path("ready").asBoolean();
    } catch (R1Exception notYet) {
      return false;
    }
  }

  private interface Look {
    boolean happened() throws IOException;
  }

  private static void await(String what, Look look) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!look.happened()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path appliance() {
    return clone.resolve("distribution/target/appliance");
  }

  private Path npmPackages() {
    return clone.resolve("contracts/node_modules");
  }

  private Installation installation() {
    return Installation.find(appliance(), npmPackages(), List.of());
  }

  private static String rounded(double value) {
    return "%.2f".formatted(value);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The bench itself says how far it is. */
  private static final class Silence implements Progress {
    @Override
    public void happened(Line line) {
      // Nobody looks on.
    }

    @Override
    public void pulse(String text) {
      // Nobody looks on.
    }
  }
}

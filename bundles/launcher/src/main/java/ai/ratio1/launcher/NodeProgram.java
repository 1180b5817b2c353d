package ai.ratio1.launcher;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one node in this JVM until it is told to stop.
 *
 * <p>{@code node --bundles DIR --feature FILE … --folder DIR [--clock-offset MILLIS]
 * [--stop-with-stdin]}
 */
public final class NodeProgram {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private NodeProgram() {}

  /** Entry point; exits with 0 after an orderly stop, 1 after a failure, 2 when misused. */
  @SuppressWarnings("checkstyle:RegexpSinglelineJava") // This is where the console begins.
  public static void main(String[] arguments) throws InterruptedException {
    int status = run(arguments, System.in, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String[] arguments, InputStream in, PrintStream err)
      throws InterruptedException {
    Arguments parsed;
    try {
      parsed = Arguments.of(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return MISUSED;
    }
    try {
      Clock clock = Clock.offset(Clock.systemUTC(), parsed.clockOffset());
      NodeFramework node =
          NodeFramework.start(
              BundleFolder.of(parsed.bundles()),
              parsed.features(),
              new NodeFolder(parsed.folder()),
              clock);
      Runtime.getRuntime().addShutdownHook(new Thread(node::close, "r1-launcher-stop"));
      if (parsed.stopWithStdin()) {
        stopWhenClosed(in, node);
      }
      node.awaitStop();
      return 0;
    } catch (R1Exception e) {
      err.println(e.describe());
      return FAILED;
    }
  }

  // A devnet that dies must not leave its nodes behind.
  private static void stopWhenClosed(InputStream in, NodeFramework node) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (in.read() >= 0) {
                  // Whatever is written is ignored: only the end matters.
                }
              } catch (IOException e) {
                // A broken pipe is an end, too.
              }
              node.close();
            },
            "r1-launcher-stdin");
    watcher.setDaemon(true);
    watcher.start();
  }

  private record Arguments(
      Path bundles, List<Path> features, Path folder, Duration clockOffset, boolean stopWithStdin) {

    static Arguments of(String[] arguments) {
      Path bundles = Path.of("bundles");
      Path folder = Path.of(".");
      List<Path> features = new ArrayList<>();
      Duration offset = Duration.ZERO;
      boolean stdin = false;
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--bundles" -> bundles = Path.of(value(arguments, ++i));
          case "--feature" -> features.add(Path.of(value(arguments, ++i)));
          case "--folder" -> folder = Path.of(value(arguments, ++i));
          case "--clock-offset" ->
              offset = Duration.ofMillis(Long.parseLong(value(arguments, ++i)));
          case "--stop-with-stdin" -> stdin = true;
          default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
        }
      }
      if (features.isEmpty()) {
        throw new IllegalArgumentException("at least one --feature is needed");
      }
      return new Arguments(bundles, features, folder, offset, stdin);
    }

    private static String value(String[] arguments, int index) {
      if (index >= arguments.length) {
        throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
      }
      return arguments[index];
    }
  }
}

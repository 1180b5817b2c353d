package ai.ratio1.itests.kura;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures how soon the package runs on the platform level of Kura 5.6, and how much memory it adds
 * to the platform, idle and in a network; see the script run of itests/bench.
 */
public final class KuraBar {

  /**
   * A gateway that has run for a while has touched every page of the heap that Kura gives it,
   * whoever made the garbage. So both have from the beginning, and what differs is the package.
   */
  private static final String TOUCHED = "-XX:+AlwaysPreTouch";

  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final int EPOCH_SECONDS = 30;
  private static final int QUICK = 3;
  private static final int FULL = 7;
  private static final String ALIAS = "gateway-1";

  private final PrintStream err;
  private final Path folder;
  private final int looks;

  private KuraBar(PrintStream err, Path folder, int looks) {
    this.err = err;
    this.folder = folder;
    this.looks = looks;
  }

  /** Takes a mode and a format, as the script hands them on; exits with 1 below a bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    Path folder = Files.createTempDirectory("r1-kura-bench");
    KuraReport report;
    try {
      report = new KuraBar(err, folder, words.contains("quick") ? QUICK : FULL).measure();
    } finally {
      delete(folder);
    }
    out.println(words.contains("json") ? report.json() : report.table());
    System.exit(report.passes() ? 0 : 1);
  }

  private KuraReport measure() throws Exception {
    List<KuraReport.Look> without = new ArrayList<>();
    List<KuraReport.Look> idle = new ArrayList<>();
    for (int i = 1; i <= looks; i++) {
      without.add(look(folder.resolve("without-" + i), false));
      idle.add(look(folder.resolve("idle-" + i), true));
      say(i, "active after %d ms".formatted(idle.get(i - 1).millis()), idle.get(i - 1));
    }
    return KuraReport.of(without, idle, inNetwork());
  }

  /** A platform that nobody configures. */
  private static KuraReport.Look look(Path home, boolean node) throws IOException {
    try (GatewayProcess gateway = GatewayProcess.start(home, TOUCHED)) {
      long millis = node ? gateway.install(KuraPlatform.nodePackage()) : 0;
      LockSupport.parkNanos(IDLE.toNanos());
      return new KuraReport.Look(millis, gateway.memory());
    }
  }

  /** One gateway joins a network, and starts anew for every look. */
  private List<KuraReport.Look> inNetwork() throws Exception {
    List<KuraReport.Look> joined = new ArrayList<>();
    try (Devnet network = Devnet.start(folder.resolve("devnet"), EPOCH_SECONDS)) {
      network.await();
      for (int i = 1; i <= looks; i++) {
        try (GatewayProcess gateway = GatewayProcess.start(folder.resolve("joined"), TOUCHED)) {
          long millis = gateway.install(KuraPlatform.nodePackage());
          int agreed = counted(new Operator(network, gateway), i == 1);
          joined.add(new KuraReport.Look(millis, gateway.memory()));
          say(i, "counted with %d of 255".formatted(agreed), joined.get(i - 1));
        }
      }
    }
    return joined;
  }

  /** Waits until the oracles have certified an epoch for the whole of which the node was there. */
  private static int counted(Operator operator, boolean stranger) throws Exception {
    if (stranger) {
      operator.configure(ALIAS);
      operator.link();
    }
    JsonNode status = operator.awaitReady();
    if (stranger) {
      operator.beatAsTheNetworkCounts(ALIAS);
    }
    long epoch = status.path("epoch").path("epoch").asLong() + 1;
    JsonNode view = operator.network().awaitVerdict(epoch, status.path("evmAddress").asText());
    int agreed = view.path("rows").path(0).path("agreed").asInt();
    if (agreed == 0) {
      throw new IllegalStateException("the node was not counted: " + view);
    }
    return agreed;
  }

  private void say(int number, String what, KuraReport.Look look) {
    GatewayProcess.Memory memory = look.memory();
    err.println(
        "bench: %d of %d: %s, %d KB resident, %d KB of heap in use"
            .formatted(number, looks, what, memory.resident(), memory.heap()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

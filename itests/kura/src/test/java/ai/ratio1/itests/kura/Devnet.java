package ai.ratio1.itests.kura;

import ai.ratio1.testing.FreePorts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** A network on this machine, run and used with the appliance's own commands. */
final class Devnet implements AutoCloseable {

  private static final Path CLONE = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path R1 = CLONE.resolve("distribution/target/appliance/bin/r1");
  private static final Path NPM_PACKAGES = CLONE.resolve("contracts/node_modules");

  /** Tests of networks beside this one take the ports below, clients those above. */
  private static final int FIRST_PORT = 31_000;

  private static final int LAST_PORT = 32_500;

  private static final long COMMAND_SECONDS = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Process up;

  private Devnet(Path folder, Process up) {
    this.folder = folder;
    this.up = up;
  }

  /**
   * Begins to start four oracles, two edge nodes and a stranger; {@link #await} waits for them.
   *
   * @param folder for the network; absent or empty
   * @param epochSeconds length of an epoch, of slots of a second with four beats each
   */
  static Devnet start(Path folder, int epochSeconds) throws IOException {
    Files.createDirectories(folder);
    Process up =
        command(
                folder,
                "up",
                "--epoch",
                Integer.toString(epochSeconds),
                "--slot",
                "1000",
                "--beat",
                "250",
                "--no-claim",
                "--port-base",
                Integer.toString(FreePorts.base(FIRST_PORT, LAST_PORT)))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("up.log").toFile())
            .start();
    return new Devnet(folder, up);
  }

  /** Waits until the network is up. */
  void await() throws Exception {
    Await.until("a network", PATIENCE, () -> isUp() || !up.isAlive());
    if (!isUp()) {
      throw new AssertionError("no network: " + Files.readString(folder.resolve("up.log")));
    }
  }

  private boolean isUp() throws IOException {
    return Files.readString(folder.resolve("up.log")).contains("The network is up.");
  }

  /** Runs a command of {@code r1}, and gives the JSON that it answers. */
  JsonNode r1(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--output", "json"));
    Path out = Files.createTempFile(folder, "r1-", ".out");
    Path err = Files.createTempFile(folder, "r1-", ".err");
    Process process =
        command(folder, words.toArray(String[]::new))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(words + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(words + ": " + Files.readString(out) + Files.readString(err));
    }
    return JSON.readTree(out.toFile());
  }

  private static ProcessBuilder command(Path folder, String... arguments) {
    List<String> words = new ArrayList<>(List.of(R1.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("R1_DEVNET", folder.resolve("network").toString());
    builder.environment().put("R1_NPM_PACKAGES", NPM_PACKAGES.toString());
    return builder;
  }

  /** What there is to know about the network. */
  JsonNode facts() throws IOException {
    return JSON.readTree(folder.resolve("network/network.json").toFile());
  }

  /** Where the oracles answer. */
  List<URI> oracles() throws IOException {
    return StreamSupport.stream(facts().path("nodes").spliterator(), false)
        .filter(node -> node.path("kind").asText().equals("ORACLE"))
        .map(node -> URI.create("http://127.0.0.1:" + node.path("port").asInt()))
        .toList();
  }

  /** What an oracle says of a node in an epoch, once that is certified, or was given up. */
  JsonNode awaitVerdict(long epoch, String node) throws Exception {
    return Await.value(
        "a verdict on epoch " + epoch,
        PATIENCE,
        () ->
            ask("/v1/epochs/" + epoch + "?node=" + node)
                .filter(
                    view ->
                        view.path("certificate").isObject()
                            || view.path("stage").asText().equals("VOIDED")));
  }

  /** In which slots of an epoch an oracle saw a node, once the epoch is over. */
  BitSet awaitSlots(long epoch, String node) throws Exception {
    String path = "/v1/epochs/" + epoch + "/slots/" + node;
    JsonNode seen = Await.value("slots of epoch " + epoch, PATIENCE, () -> ask(path));
    return BitSet.valueOf(HexFormat.of().parseHex(seen.path("bitmap").asText().substring(2)));
  }

  /** What the first oracle says, unless it refuses. */
  private Optional<JsonNode> ask(String path) throws IOException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(oracles().get(0).resolve(path)).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Stops the network in order, and what is left of one that never got up. */
  @Override
  public void close() throws IOException {
    try {
      r1("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      up.destroy();
    }
  }
}

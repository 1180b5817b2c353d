package ai.ratio1.itests.kura;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway with Kura 5.6 in a process of its own, with the flags that Kura ships. */
final class GatewayProcess implements AutoCloseable {

  /** As a gateway starts: heap of a fixed size, every module, one arena of malloc. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "--add-modules=ALL-SYSTEM",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STOP_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Path folder;
  private final Process process;
  private final Writer orders;
  private final BufferedReader answers;
  private final URI address;

  /** What the process takes when it has collected its garbage; kilobytes but for the last. */
  record Memory(long resident, long heap, long threads) {}

  /** An answer of a door. */
  record Answer(int status, JsonNode body) {}

  private GatewayProcess(Path folder, List<String> more) throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(more);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GatewayProgram.class.getName(), folder.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    process = builder.start();
    orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    address = URI.create("http://127.0.0.1:" + tell("port"));
  }

  /**
   * Starts without packages.
   *
   * @param folder of the gateway: Kura's data, and what the framework stores and wipes
   * @param more flags of the JVM
   */
  static GatewayProcess start(Path folder, String... more) throws IOException {
    return new GatewayProcess(Files.createDirectories(folder), List.of(more));
  }

  /** Installs a package; gives the milliseconds until every bundle was active. */
  long install(Path file) throws IOException {
    return Long.parseLong(tell("install " + file.toAbsolutePath()));
  }

  /** Fills in a form of the web admin, which is there once its component runs. */
  void configure(String pid, Map<String, Object> settings) throws IOException {
    tell("configure " + pid + " " + JSON.writeValueAsString(settings));
  }

  Memory memory() throws IOException {
    String[] figures = tell("memory").split(" ", -1);
    return new Memory(
        Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
  }

  /** Asks a door of the node on this machine. */
  Answer get(String path) throws IOException {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  /** Asks for something that only the operator gets, who can read the token. */
  Answer post(String path, JsonNode body) throws IOException {
    String token = Files.readString(folder.resolve("data/ratio1/http/operator.token")).strip();
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer =
          http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Answer(
          answer.statusCode(), json ? JSON.readTree(answer.body()) : JSON.createObjectNode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String tell(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(GatewayProgram.DONE)) {
        return line.substring(GatewayProgram.DONE.length());
      }
      if (line.startsWith(GatewayProgram.FAILED)) {
        throw new IOException(order + ": " + line + "\n" + said());
      }
    }
    throw new IOException(order + ": the gateway has ended\n" + said());
  }

  /** What the platform and its bundles had to say. */
  String said() throws IOException {
    return Files.readString(log());
  }

  private Path log() {
    return folder.resolve("gateway.log");
  }

  /** Ends its input, at which it stops in order. */
  @Override
  public void close() throws IOException {
    try (orders;
        answers) {
      orders.close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

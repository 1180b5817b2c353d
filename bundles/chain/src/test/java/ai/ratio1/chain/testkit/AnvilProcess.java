package ai.ratio1.chain.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A development chain in a process of its own, on loopback. The system property {@code r1.anvil}
 * names the binary; it comes from the contracts module, and its absence is a failure.
 *
 * <p>Facts worth knowing: with {@code --slots-in-an-epoch 1} the finalised block is two behind the
 * head. Without {@code --block-time} a transaction is mined at once and blocks may share a second.
 * A chain kept with {@code --state} keeps its blocks, receipts and logs, but can answer calls at
 * the newest block alone.
 */
public final class AnvilProcess implements AutoCloseable {

  /** Addresses of the ten accounts anvil funds and signs for. */
  public static final List<String> ACCOUNTS =
      List.of(
          "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
          "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
          "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
          "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
          "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65",
          "0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc",
          "0x976ea74026e726554db657fa54763abd0c3a0aa9",
          "0x14dc79964da2c08b23698b3d3cc7ca32193d9955",
          "0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f",
          "0xa0ee7a142d267c1f36714e4a8f75612f20a79720");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "Listening on 127.0.0.1:";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final int port;

  private AnvilProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts on a free port. */
  public static AnvilProcess start(String... flags) {
    return startAt(0, flags);
  }

  /** Starts on a port of one's own choice, such as the one it had before. */
  public static AnvilProcess startAt(int port, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(binary().toString());
    command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of(flags));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new AnvilProcess(process, awaitPort(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path binary() {
    String path = System.getProperty("r1.anvil");
    if (path == null || !Files.isExecutable(Path.of(path))) {
      throw new IllegalStateException(
          "No anvil at '" + path + "': build the module contracts first and set -Dr1.anvil.");
    }
    return Path.of(path);
  }

  /** Anvil's output must be read to the end, or it would block some day. */
  private static int awaitPort(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "anvil-output");
        drain.setDaemon(true);
        drain.start();
        return Integer.parseInt(line.substring(LISTENING.length()).strip());
      }
      read.append(line).append('\n');
    }
    throw new IllegalStateException("anvil did not start:\n" + read);
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Calls any method of anvil; an error answer fails. */
  public JsonNode rpc(String method, Object... parameters) {
    try {
      byte[] body =
          JSON.writeValueAsBytes(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
      HttpRequest request =
          HttpRequest.newBuilder(uri())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      JsonNode answer = JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
      if (answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer.get("error"));
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Mines one block with the given time, in seconds since 1970. */
  public void mineAt(long timestamp) {
    rpc("evm_setNextBlockTimestamp", timestamp);
    rpc("evm_mine");
  }

  /** Mines blocks until everything so far is final. */
  public void finalise() {
    rpc("anvil_mine", "0x4");
  }

  /** Stops as on SIGTERM: state is written when {@code --state} asked for it. */
  public void stop() {
    process.destroy();
    await();
  }

  /** Stops as on SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** {@link #kill}; idempotent. */
  @Override
  public void close() {
    kill();
  }

  private void await() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("anvil " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

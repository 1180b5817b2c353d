package ai.ratio1.chain.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint on loopback that misbehaves as told, in front of a chain that does not. */
final class FaultyEndpoint implements AutoCloseable {

  /** What becomes of a request. */
  interface Fault {
    void meet(Call call) throws IOException;
  }

  static {
    // Head and body of an answer are two packets; the second would wait 40 ms for Nagle.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fault NONE = call -> call.answer(call.forward());

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "faulty-endpoint");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorisations = new CopyOnWriteArrayList<>();

  /** Faults for the next calls of a method. Guarded by itself. */
  private final Map<String, Deque<Fault>> next = new HashMap<>();

  private volatile Fault otherwise = NONE;
  private volatile URI chain;
  private volatile HttpServer server;

  /** Bound without listening, so that nobody else is given the port while nobody listens. */
  private final Socket port = new Socket();

  private FaultyEndpoint(URI chain) {
    this.chain = chain;
    try {
      port.setReuseAddress(true);
      port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.server = listen();
  }

  /** Passes everything on until it is told otherwise. */
  static FaultyEndpoint before(URI chain) {
    return new FaultyEndpoint(chain);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port.getLocalPort());
  }

  /** From now on this becomes of every request that has no fault of its own. */
  FaultyEndpoint always(Fault fault) {
    otherwise = fault;
    return this;
  }

  /** This becomes of the next requests of a method, one fault for each. */
  FaultyEndpoint next(String method, Fault... faults) {
    synchronized (next) {
      Collections.addAll(next.computeIfAbsent(method, any -> new ArrayDeque<>()), faults);
    }
    return this;
  }

  /** Behaves from now on. */
  void heal() {
    otherwise = NONE;
    synchronized (next) {
      next.clear();
    }
  }

  /** From now on nobody listens at the port. */
  void refuse() {
    server.stop(0);
  }

  /** Listens again. */
  void listenAgain() {
    server = listen();
  }

  /** Becomes the endpoint of another chain. */
  void become(URI other) {
    chain = other;
  }

  /** How many requests came. */
  int asked() {
    return asked.size();
  }

  /** How many requests of a method came. */
  int asked(String method) {
    return (int) asked.stream().filter(method::equals).count();
  }

  /** What the requests said in their head to be let in; nothing of those that said nothing. */
  List<String> authorisations() {
    return List.copyOf(authorisations);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
    try {
      port.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No fault. */
  static Fault pass() {
    return NONE;
  }

  /** The chain takes the request, and the answer gets lost. */
  static Fault loseAnswer() {
    return call -> {
      call.forward();
      call.hangUp();
    };
  }

  /** The request gets lost. */
  static Fault loseRequest() {
    return Call::hangUp;
  }

  /** Answers when the test is over. */
  static Fault hang() {
    return Call::hang;
  }

  /** Answers with a text, in which $ID is the id of the request. */
  static Fault answer(String text) {
    return call ->
        call.answer(text.replace("$ID", call.id()).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Answers properly with a JSON value. */
  static Fault result(String json) {
    return answer("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":" + json + "}");
  }

  /** Answers properly with an error object, and HTTP status 200. */
  static Fault error(String error) {
    return answer("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"error\":" + error + "}");
  }

  static Fault error(int code, String message) {
    return error("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }

  static Fault status(int status) {
    return call -> call.answer(status, call.forward());
  }

  /** Answers with an HTTP status and nothing else. */
  static Fault answer(int status) {
    return call -> call.answer(status, new byte[0]);
  }

  /** Sends the request elsewhere. */
  static Fault redirect(URI target) {
    return call -> {
      call.exchange.getResponseHeaders().set("Location", target.toString());
      call.answer(307, new byte[0]);
    };
  }

  /** Answers with what would be right for another request. */
  static Fault otherId() {
    return answer("{\"jsonrpc\":\"2.0\",\"id\":1$ID,\"result\":\"0x1\"}");
  }

  /** Answers as JSON does that has no end, without saying how long it is. */
  static Fault endless() {
    return Call::answerForEver;
  }

  /** Something happens before the request arrives. */
  static Fault after(Runnable event) {
    return call -> {
      event.run();
      call.answer(call.forward());
    };
  }

  /** A request on its way. */
  final class Call {

    private final HttpExchange exchange;
    private final byte[] body;
    private final JsonNode request;

    private Call(HttpExchange exchange) throws IOException {
      this.exchange = exchange;
      this.body = exchange.getRequestBody().readAllBytes();
      this.request = JSON.readTree(body);
    }

    String method() {
      return request.path("method").asText();
    }

    JsonNode parameter(int index) {
      return request.path("params").path(index);
    }

    String id() {
      return request.path("id").asText();
    }

    byte[] forward() throws IOException {
      HttpRequest copy =
          HttpRequest.newBuilder(chain)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      try {
        return client.send(copy, BodyHandlers.ofByteArray()).body();
      } catch (InterruptedException stopping) {
        throw new InterruptedIOException();
      }
    }

    void answer(byte[] answer) throws IOException {
      answer(200, answer);
    }

    private void answer(int status, byte[] answer) throws IOException {
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    }

    private void hangUp() {
      exchange.close();
    }

    private void hang() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException stopping) {
        throw new InterruptedIOException();
      }
    }

    private void answerForEver() throws IOException {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
      while (closed.getCount() > 0) {
        out.write(spaces);
      }
    }
  }

  private HttpServer listen() {
    try {
      HttpServer fresh = HttpServer.create((InetSocketAddress) port.getLocalSocketAddress(), 0);
      fresh.setExecutor(threads);
      fresh.createContext("/", this::handle);
      fresh.start();
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    asked.add(call.method());
    authorisations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    Fault fault;
    synchronized (next) {
      Deque<Fault> own = next.get(call.method());
      fault = own == null || own.isEmpty() ? otherwise : own.poll();
    }
    try {
      fault.meet(call);
    } finally {
      exchange.close();
    }
  }
}

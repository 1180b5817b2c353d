package ai.ratio1.dauth.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An HTTP endpoint on loopback, honest or not. */
final class TestEndpoint implements AutoCloseable {

  final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TestEndpoint(HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
  }

  /** Serves a door as the http bundle would. */
  static TestEndpoint of(Door door) throws IOException {
    return tampering(door, answer -> answer);
  }

  /** Serves a door and changes its answers. */
  static TestEndpoint tampering(Door door, UnaryOperator<byte[]> change) throws IOException {
    return new TestEndpoint(
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          send(exchange, 200, change.apply(answer(door, body)));
        });
  }

  static byte[] answer(Door door, byte[] body) {
    try {
      Response response = door.handle(new Request("POST", "", Map.of(), body, "127.0.0.1"));
      return response.body();
    } catch (R1Exception e) {
      return e.describe().getBytes(StandardCharsets.UTF_8);
    }
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/get_auth_data";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

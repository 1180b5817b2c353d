package ai.ratio1.chain.internal;

import ai.ratio1.base.R1Exception;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reactivex.Flowable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;

/**
 * JSON-RPC over {@code java.net.http} with fail-over: a request goes to the first endpoint that has
 * not failed lately, then to the next. Every request this bundle makes may be repeated safely.
 * Thread-safe.
 */
final class HttpJsonRpc implements Web3jService, AutoCloseable {

  /** Looks at an endpoint before it is trusted, and again after each of its failures. */
  interface Check {
    /**
     * Throws when the endpoint must not be used.
     *
     * @param alone talks to this endpoint only, unchecked
     */
    void accept(Web3jService alone);
  }

  private final ObjectMapper json = ObjectMapperFactory.getObjectMapper();
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final List<Endpoint> endpoints;
  private final ExecutorService executor;
  private final long patience;
  private volatile @Nullable Check check;

  private HttpJsonRpc(List<Endpoint> endpoints, ExecutorService executor, long patience) {
    this.endpoints = endpoints;
    this.executor = executor;
    this.patience = patience;
  }

  static HttpJsonRpc to(ChainOptions options) {
    return to(
        options.endpoints(), options.token(), options.requestTimeout(), options.maximumAnswer());
  }

  static HttpJsonRpc to(List<URI> uris, Duration timeout, int maximumAnswer) {
    return to(uris, Optional.empty(), timeout, maximumAnswer);
  }

  private static HttpJsonRpc to(
      List<URI> uris, Optional<AccessToken> token, Duration timeout, int maximumAnswer) {
    ExecutorService executor = Executors.newFixedThreadPool(2, HttpJsonRpc::thread);
    HttpClient client =
        HttpClient.newBuilder()
            .executor(executor)
            .connectTimeout(timeout)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    List<Endpoint> endpoints = new ArrayList<>();
    for (URI uri : uris) {
      Optional<AccessToken> own = endpoints.isEmpty() ? token : Optional.empty();
      endpoints.add(new Endpoint(uri, own, client, timeout, maximumAnswer));
    }
    return new HttpJsonRpc(endpoints, executor, 2 * timeout.toNanos());
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "r1-chain-http");
    thread.setDaemon(true);
    return thread;
  }

  /** From now on endpoints are checked before they are used. */
  void require(Check check) {
    this.check = check;
  }

  long requests() {
    return requests.sum();
  }

  long failures() {
    return failures.sum();
  }

  /**
   * Asks the endpoints in turn.
   *
   * @throws IOException when none answers
   * @throws R1Exception when none answers and one was refused by the check
   */
  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Response> T send(Request request, Class<T> type) throws IOException {
    byte[] message = message(request);
    long begin = System.nanoTime();
    List<String> reasons = new ArrayList<>();
    R1Exception refusal = null;
    T troubled = null;
    for (Endpoint endpoint : order(begin)) {
      try {
        checkIfNew(endpoint);
        T answer = ask(endpoint, request, message, type);
        if (!EndpointTrouble.isIn(answer)) {
          endpoint.succeeded();
          return answer;
        }
        troubled = answer;
        reasons.add(noteFailure(endpoint, new IOException(answer.getError().getMessage())));
      } catch (InterruptedIOException stopping) {
        throw stopping;
      } catch (IOException failure) {
        reasons.add(noteFailure(endpoint, failure));
      } catch (R1Exception failedCheck) {
        refusal = failedCheck;
        reasons.add(noteFailure(endpoint, failedCheck));
      }
      if (System.nanoTime() - begin > patience) {
        break;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    if (troubled != null) {
      return troubled;
    }
    throw new IOException(String.join("; ", reasons));
  }

  private String noteFailure(Endpoint endpoint, Exception failure) {
    failures.increment();
    endpoint.failed(System.nanoTime());
    String why = failure.getMessage(); // none where a connection was refused
    return endpoint + ": " + (why == null ? failure.getClass().getSimpleName() : why);
  }

  /** Those that failed lately come last, but are tried when nothing else is left. */
  private List<Endpoint> order(long now) {
    List<Endpoint> order = new ArrayList<>(endpoints.stream().filter(e -> e.rested(now)).toList());
    endpoints.stream().filter(endpoint -> !order.contains(endpoint)).forEach(order::add);
    return order;
  }

  private void checkIfNew(Endpoint endpoint) {
    Check required = check;
    if (required != null && !endpoint.isChecked()) {
      required.accept(new HttpJsonRpc(List.of(endpoint), executor, patience));
      endpoint.passedCheck();
    }
  }

  @SuppressWarnings("rawtypes")
  private <T extends Response> T ask(
      Endpoint endpoint, Request request, byte[] message, Class<T> type) throws IOException {
    requests.increment();
    byte[] answer;
    try {
      answer = endpoint.post(message);
    } catch (InterruptedIOException | HttpTimeoutException enough) {
      throw enough;
    } catch (IOException first) {
      // A kept-alive connection dies with the server; a fresh one may find it back.
      answer = endpoint.post(message);
    }
    try {
      T response = json.readValue(answer, type);
      if (response == null || response.getId() != request.getId()) { // Jackson reads "null" so.
        throw new IOException("the answer belongs to another request");
      }
      return response;
    } catch (JsonProcessingException malformed) {
      throw new IOException("the answer is not JSON-RPC: " + malformed.getOriginalMessage());
    }
  }

  /** By hand: bean introspection of Request would load RxJava. */
  private byte[] message(Request<?, ?> request) {
    ObjectNode message = json.createObjectNode();
    message.put("jsonrpc", "2.0");
    message.put("method", request.getMethod());
    message.set("params", json.valueToTree(request.getParams()));
    message.put("id", request.getId());
    try {
      return json.writeValueAsBytes(message);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> type) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return send(request, type);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        },
        executor);
  }

  @Override
  public BatchResponse sendBatch(BatchRequest batch) {
    throw new UnsupportedOperationException("batches are not used");
  }

  @Override
  public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
    throw new UnsupportedOperationException("batches are not used");
  }

  @Override
  @SuppressWarnings("rawtypes")
  public <T extends Notification<?>> Flowable<T> subscribe(
      Request request, String unsubscribeMethod, Class<T> type) {
    throw new UnsupportedOperationException("HTTP has no subscriptions");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

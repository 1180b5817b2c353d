package ai.ratio1.chain.internal;

import ai.ratio1.chain.internal.core.EndpointHealth;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One JSON-RPC endpoint: how to ask it, how it fared, and whether it was checked. Thread-safe. */
final class Endpoint {

  private final URI uri;
  private final Optional<AccessToken> token;
  private final HttpClient client;
  private final Duration timeout;
  private final int maximumAnswer;
  private final EndpointHealth health = new EndpointHealth();
  private boolean checked;

  Endpoint(
      URI uri,
      Optional<AccessToken> token,
      HttpClient client,
      Duration timeout,
      int maximumAnswer) {
    this.uri = uri;
    this.token = token;
    this.client = client;
    this.timeout = timeout;
    this.maximumAnswer = maximumAnswer;
  }

  /**
   * Sends a request and waits for the whole answer, both within the time-out.
   *
   * @throws HttpTimeoutException when it took too long
   */
  byte[] post(byte[] request) throws IOException {
    HttpRequest.Builder message =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request));
    token.ifPresent(it -> message.header("Authorization", it.header()));
    // The time-out of the client ends with the headers, so the body needs one of its own.
    CompletableFuture<HttpResponse<byte[]>> answer = begin(message.build());
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("HTTP status " + response.statusCode());
      }
      return withoutToken(response.body());
    } catch (TimeoutException slow) {
      throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  /** What an endpoint answers may end up in a log. */
  private byte[] withoutToken(byte[] answer) throws IOException {
    if (token.isPresent()
        && new String(answer, StandardCharsets.ISO_8859_1).contains(token.get().text())) {
      throw new IOException("the answer repeats the access token");
    }
    return answer;
  }

  private CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest message) throws IOException {
    try {
      return client.sendAsync(message, head -> new BoundedBody(maximumAnswer));
    } catch (RejectedExecutionException closed) {
      throw new InterruptedIOException("the connection is closed");
    }
  }

  synchronized boolean rested(long nanoTime) {
    return health.rested(nanoTime);
  }

  synchronized boolean isChecked() {
    return checked;
  }

  synchronized void passedCheck() {
    checked = true;
  }

  synchronized void succeeded() {
    health.succeeded();
  }

  /** After a failure it may come back as something else, so it is checked again. */
  synchronized void failed(long nanoTime) {
    health.failed(nanoTime);
    checked = false;
  }

  /** Host and port: paths and user parts may hold a provider's key. */
  @Override
  public String toString() {
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}

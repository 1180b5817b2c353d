package ai.ratio1.dauth.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.dauth.internal.core.AnswerReader;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Asks an oracle for an account at the broker (protocol dossier, section 5.4). */
final class OracleClient {

  private static final int NONCE_BYTES = 16;

  private final NodeIdentity identity;
  private final Signatures signatures;
  private final Clock clock;
  private final RandomGenerator random;
  private final String instance;
  private final Executor executor;

  /**
   * A client.
   *
   * @param instance identifies this running process, so that an oracle notices a copied key
   * @param executor runs what the HTTP client has to do beside
   */
  OracleClient(
      NodeIdentity identity,
      Signatures signatures,
      Clock clock,
      RandomGenerator random,
      String instance,
      Executor executor) {
    this.identity = identity;
    this.signatures = signatures;
    this.clock = clock;
    this.random = random;
    this.instance = instance;
    this.executor = executor;
  }

  /**
   * Asks one oracle; blocks at most the settings' time-out.
   *
   * @param isOracle asks the chain, which may throw
   * @throws R1Exception with the code of what went wrong
   */
  BrokerAccount ask(URI url, BootSettings settings, Predicate<EvmAddress> isOracle)
      throws InterruptedException {
    String nonce = nonce();
    DAuthRequest request =
        new DAuthRequest(
            nonce,
            settings.alias(),
            Optional.of(settings.appVersion()),
            Optional.of(settings.sdkVersion()),
            Optional.of(settings.coreVersion()),
            Optional.of(clock.instant()),
            Optional.of(instance));
    byte[] document = Json.bytes(request.compose(identity));
    HttpResponse<byte[]> response = post(url, document, settings);
    return new AnswerReader(identity.evmAddress(), signatures, settings.skew())
        .read(response.statusCode(), response.body(), nonce, isOracle, clock.instant());
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The client lives for one request: between boots of the node nothing has to be kept open. */
  private HttpResponse<byte[]> post(URI url, byte[] document, BootSettings settings)
      throws InterruptedException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor);
    settings.trust().ifPresent(client::sslContext);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(document))
            .build();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.build().sendAsync(request, info -> new LimitedBody(AnswerReader.LIMIT));
    try {
      return response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw DAuthError.TOO_SLOW.because(url + " did not answer in time.", e);
    } catch (ExecutionException e) {
      throw DAuthError.UNREACHABLE.because(url + " cannot be reached: " + reason(e) + ".", e);
    } finally {
      response.cancel(true);
    }
  }

  /** A refused connection has no message, and the name of a class tells a user nothing. */
  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    String said = cause == null ? null : cause.getMessage();
    return said == null ? "there is no connection" : said;
  }
}

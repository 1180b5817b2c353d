package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ChainSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Validated settings of a connection.
 *
 * @param endpoints JSON-RPC endpoints, best first
 * @param controller the controller contract
 * @param pollInterval how often to ask for a new block
 * @param requestTimeout how long one request may take
 * @param maximumAnswer the longest answer read, in bytes
 * @param replaceAfter when a transaction that was not mined is sent again for more
 * @param transactionTimeout when waiting for a transaction ends
 * @param token for the first endpoint, and no other
 */
record ChainOptions(
    List<URI> endpoints,
    EvmAddress controller,
    Duration pollInterval,
    Duration requestTimeout,
    int maximumAnswer,
    Duration replaceAfter,
    Duration transactionTimeout,
    Optional<AccessToken> token) {

  private static final int MAX_ENDPOINTS = 16;
  private static final Duration MIN_POLL = Duration.ofMillis(50);
  private static final Duration MAX_POLL = Duration.ofMinutes(1);

  ChainOptions {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
      throw invalid("1 to " + MAX_ENDPOINTS + " endpoints are needed, not " + endpoints.size());
    }
    for (URI endpoint : endpoints) {
      requireHttp(endpoint);
    }
    URI first = endpoints.get(0);
    token.ifPresent(it -> it.requireSafe(first));
    requireRange("poll.interval.ms", pollInterval, MIN_POLL, MAX_POLL);
    requireRange("request.timeout.ms", requestTimeout, MIN_POLL, MAX_POLL);
    requireRange("transaction.replace.ms", replaceAfter, MIN_POLL, Duration.ofHours(1));
    requireRange("transaction.timeout.ms", transactionTimeout, MIN_POLL, Duration.ofHours(1));
    if (maximumAnswer < 1024) {
      throw invalid("answer.maximum.bytes must be at least 1024, is " + maximumAnswer);
    }
  }

  /** The defaults around what a flat program gives. */
  static ChainOptions of(ChainSettings settings) {
    return of(settings.endpoints(), settings.controller(), settings.pollInterval());
  }

  static ChainOptions of(List<URI> endpoints, EvmAddress controller, Duration pollInterval) {
    return new ChainOptions(
        endpoints,
        controller,
        pollInterval,
        Duration.ofSeconds(5),
        8 << 20,
        Duration.ofSeconds(20),
        Duration.ofMinutes(2),
        Optional.empty());
  }

  /**
   * Refuses what is not an absolute http or https address, without repeating it: providers put keys
   * of their customers into addresses.
   */
  static URI requireHttp(URI endpoint) {
    String scheme = endpoint.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!http || endpoint.getHost() == null) {
      throw invalid("an endpoint must be http:// or https:// with a host");
    }
    return endpoint;
  }

  private static void requireRange(String key, Duration value, Duration low, Duration high) {
    if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
      throw invalid(key + " must be " + low.toMillis() + " to " + high.toMillis());
    }
  }

  private static IllegalArgumentException invalid(String what) {
    return new IllegalArgumentException(what);
  }
}

package ai.ratio1.http.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.internal.core.GateLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.FrameworkUtil;

/**
 * Where to listen, checked.
 *
 * @param host address to bind
 * @param port TCP port, 0 for a free one
 * @param keystore for TLS
 * @param timeoutMillis longest silence of a peer
 * @param threads size of the container's thread pool
 */
record ListenerSettings(
    String host, int port, Optional<Keystore> keystore, int timeoutMillis, int threads) {

  private static final ErrorCode INVALID = new ErrorCode("R1-HTTP-001");
  private static final ErrorCode OPEN_TO_ALL = new ErrorCode("R1-HTTP-003");
  private static final ErrorCode NO_KEYSTORE = new ErrorCode("R1-HTTP-006");

  /** Acceptor, selector and what the container keeps for itself. */
  private static final int CONTAINER_THREADS = 6;

  /**
   * A key store that opens.
   *
   * @param file PKCS#12
   * @param password its password
   */
  record Keystore(String file, String password) {
    @Override
    public String toString() {
      return file;
    }
  }

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-HTTP-001}, {@code -003} or {@code -006}
   */
  static ListenerSettings of(HttpConfig config) {
    GateLimits.within("port", config.port(), 0, 65_535);
    GateLimits.within("request.timeout.ms", config.request_timeout_ms(), 100, 120_000);
    if (!config.keystore_password().isEmpty() && !config.keystore_password_file().isBlank()) {
      throw new R1Exception(
          INVALID,
          "keystore.password and keystore.password.file are both set.",
          "Leave one of them empty.");
    }
    Optional<Keystore> keystore =
        config.keystore().isBlank() ? Optional.empty() : Optional.of(open(config));
    if (keystore.isEmpty() && !config.insecure() && !isLoopback(config.host())) {
      throw new R1Exception(
          OPEN_TO_ALL,
          "Plain HTTP on " + config.host() + " would leave this machine unencrypted.",
          "Set keystore, or insecure = true when a TLS proxy stands in front.");
    }
    return new ListenerSettings(
        config.host(),
        config.port(),
        keystore,
        config.request_timeout_ms(),
        config.concurrent_requests() + CONTAINER_THREADS);
  }

  boolean leavesThisMachine() {
    return !isLoopback(host);
  }

  String scheme() {
    return keystore.isPresent() ? "https" : "http";
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  String portProperty() {
    return keystore.isPresent()
        ? "org.osgi.service.http.port.secure"
        : "org.osgi.service.http.port";
  }

  /**
   * The same in the words of Felix HTTP, with one more entry, and without the keystore: whatever
   * Config Admin knows is written to disk as it is.
   */
  Dictionary<String, Object> forFelix(String name, String value) {
    Map<String, Object> felix = new HashMap<>();
    felix.put(name, value);
    felix.put("org.apache.felix.http.host", host);
    felix.put("org.apache.felix.http.timeout", timeoutMillis);
    felix.put("org.apache.felix.http.enable", keystore.isEmpty());
    felix.put("org.apache.felix.https.enable", false);
    felix.put("org.osgi.service.http.port", port);
    felix.put("org.osgi.service.http.port.secure", port);
    felix.put("org.apache.felix.http.jetty.threadpool.max", threads);
    felix.put("org.apache.felix.http.jetty.acceptors", 1);
    felix.put("org.apache.felix.http.jetty.selectors", 1);
    felix.put("org.apache.felix.http.jetty.headerBufferSize", 16_384);
    felix.put("org.apache.felix.http.jetty.sendServerHeader", false);
    felix.put("org.apache.felix.jetty.gziphandler.enable", false);
    felix.put("org.apache.felix.http.session.timeout", 1);
    return FrameworkUtil.asDictionary(felix);
  }

  /** The rest, for Felix HTTP alone; nothing without a keystore. */
  Map<String, Object> untold() {
    return keystore
        .map(
            store ->
                Map.<String, Object>of(
                    "org.apache.felix.https.enable",
                    true,
                    "org.apache.felix.https.keystore",
                    store.file(),
                    "org.apache.felix.https.keystore.type",
                    "PKCS12",
                    "org.apache.felix.https.keystore.password",
                    store.password(),
                    "org.apache.felix.https.keystore.key.password",
                    store.password(),
                    "org.apache.felix.https.jetty.protocols.included",
                    new String[] {"TLSv1.2", "TLSv1.3"}))
        .orElse(Map.of());
  }

  private static Keystore open(HttpConfig config) {
    try {
      Path file = Path.of(config.keystore());
      String password =
          config.keystore_password().isEmpty()
              ? firstLine(config.keystore_password_file())
              : config.keystore_password();
      KeyStore.getInstance(file.toFile(), password.toCharArray());
      return new Keystore(file.toString(), password);
    } catch (IOException | GeneralSecurityException e) {
      throw new R1Exception(
          NO_KEYSTORE,
          "The keystore " + config.keystore() + " does not open: " + e.getMessage(),
          "Check keystore, and keystore.password or keystore.password.file.",
          e);
    }
  }

  private static String firstLine(String file) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    return lines.isEmpty() ? "" : lines.get(0);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      throw new R1Exception(
          INVALID, "host " + host + " is no address of this machine.", "Correct host.", e);
    }
  }
}

package ai.ratio1.dauth.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.dauth.internal.core.BrokerGrant;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.GateSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The boot gate's settings, checked.
 *
 * @param urls endpoints to ask
 * @param alias name of this node
 * @param appVersion version it counts as
 * @param coreVersion version its core counts as
 * @param sdkVersion version its library counts as
 * @param trust whom HTTPS believes, when not the system's authorities
 * @param timeout longest time for one answer
 * @param skew how far clocks may differ
 * @param gate waiting times
 * @param broker this oracle's own broker; fails with a coded exception when it cannot be read
 */
record BootSettings(
    List<URI> urls,
    String alias,
    String appVersion,
    String coreVersion,
    String sdkVersion,
    Optional<SSLContext> trust,
    Duration timeout,
    Duration skew,
    GateSettings gate,
    Supplier<BrokerGrant> broker) {

  /**
   * Checks a configuration.
   *
   * @throws R1Exception R1-DAUTH-001 that names the setting
   */
  static BootSettings of(DAuthConfig config) {
    long retryMin = SettingReader.within("retry.min.ms", config.retry_min_ms(), 50, 60_000);
    GateSettings gate =
        new GateSettings(
            Duration.ofMillis(retryMin),
            Duration.ofMillis(
                SettingReader.within("retry.max.ms", config.retry_max_ms(), retryMin, 3_600_000)),
            Duration.ofMillis(
                SettingReader.within("look.interval.ms", config.look_interval_ms(), 100, 600_000)),
            Duration.ofMillis(
                SettingReader.within("chain.grace.ms", config.chain_grace_ms(), 0, 86_400_000)));
    return new BootSettings(
        Arrays.stream(config.urls()).map(url -> endpoint(url, config.insecure())).toList(),
        SettingReader.alias(config.alias()),
        SettingReader.version("app.version", config.app_version()),
        SettingReader.version("core.version", config.core_version()),
        SettingReader.version("sdk.version", config.sdk_version()),
        trust(config.https_authority_file()),
        Duration.ofMillis(
            SettingReader.within("request.timeout.ms", config.request_timeout_ms(), 100, 120_000)),
        Duration.ofMillis(
            SettingReader.within("clock.skew.ms", config.clock_skew_ms(), 1000, 300_000)),
        gate,
        () ->
            SettingReader.broker(
                config.broker_host(),
                config.broker_port(),
                config.broker_tls(),
                config.broker_authority_file(),
                config.broker_secret_file()));
  }

  private static URI endpoint(String text, boolean insecure) {
    try {
      URI url = new URI(text.strip());
      boolean https = "https".equalsIgnoreCase(url.getScheme());
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      if (url.getHost() == null || url.getUserInfo() != null || !(https || http)) {
        throw DAuthError.INVALID_SETTING.because("urls has " + text + ", which is no web address.");
      }
      if (http && !insecure && !isLoopback(url.getHost())) {
        throw DAuthError.INVALID_SETTING.because(
            "urls has " + text + ": plain HTTP would carry a password over the network.");
      }
      return url;
    } catch (URISyntaxException e) {
      throw DAuthError.INVALID_SETTING.because("urls has " + text + ": " + e.getReason() + ".", e);
    }
  }

  /** By its name or number alone; nothing is looked up. */
  private static boolean isLoopback(String host) {
    try {
      return host.equals("localhost")
          || (host.matches("[\\d.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Optional<SSLContext> trust(String file) {
    try {
      Optional<String> pem = SettingReader.pem(file);
      if (pem.isEmpty()) {
        return Optional.empty();
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var bytes = new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.US_ASCII));
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      throw DAuthError.INVALID_SETTING.because(
          "https.authority.file cannot be used: " + e.getMessage() + ".", e);
    }
  }
}

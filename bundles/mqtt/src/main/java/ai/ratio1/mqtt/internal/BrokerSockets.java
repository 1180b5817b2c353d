package ai.ratio1.mqtt.internal;

import ai.ratio1.transport.BrokerAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.function.LongSupplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one client, and can close them whoever uses them. TLS is done here and not
 * by the client library, which sets no protocol versions and cannot be broken off while it writes.
 */
final class BrokerSockets extends SocketFactory implements AutoCloseable {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final BrokerAccount account;
  private final LongSupplier nanos;
  private final @Nullable SSLContext tls;
  private volatile @Nullable BrokerSocket last;
  private volatile boolean closed;

  /**
   * Reads the account's authority.
   *
   * @throws GeneralSecurityException when it holds no certificate
   */
  BrokerSockets(BrokerAccount account, LongSupplier nanos)
      throws GeneralSecurityException, IOException {
    this.account = account;
    this.nanos = nanos;
    this.tls = account.tls() ? context(account) : null;
  }

  @Override
  public Socket createSocket() {
    BrokerSocket socket = new BrokerSocket(this::secured, nanos);
    last = socket;
    if (closed) {
      socket.close();
    }
    return socket;
  }

  /** When the last socket last brought something. */
  long heardAt() {
    BrokerSocket socket = last;
    return socket == null ? nanos.getAsLong() : socket.heardAt();
  }

  /** Waits until what uses the last socket has started, but not for long. */
  void awaitStart() {
    BrokerSocket socket = last;
    if (socket != null) {
      socket.awaitStart();
    }
  }

  /** Also closes a socket that is made after this. */
  @Override
  public void close() {
    closed = true;
    BrokerSocket socket = last;
    if (socket != null) {
      socket.close();
    }
  }

  /** The socket to talk through: the same, or TLS above it with the host's name verified. */
  private Socket secured(Socket plain, int timeout) throws IOException {
    if (tls == null) {
      return plain;
    }
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(plain, account.host(), account.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(timeout);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext context(BrokerAccount account)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(account.authority().isPresent() ? store(account.authority().get()) : null);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    for (Certificate authority :
        CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("the authority holds no certificate");
    }
    return store;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unused();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("the client library connects by itself");
  }
}

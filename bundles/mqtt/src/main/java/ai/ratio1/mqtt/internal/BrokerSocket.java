package ai.ratio1.mqtt.internal;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * A socket that becomes a TLS socket as part of connecting, notes when something came, and is
 * closed below TLS, so that a writer that stands still cannot hold that up.
 *
 * <p>It tells of its end only after the first write: Paho starts its reader first, and if that ends
 * before the rest is started, the thread that starts them looks for it for ever.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing may hold up close()
final class BrokerSocket extends Socket {

  private static final long START_MILLIS = 1000;

  private final Socket plain = new Socket();
  private final CountDownLatch written = new CountDownLatch(1);
  private final Securing securing;
  private final LongSupplier nanos;
  private volatile Socket stream = plain;
  private volatile long heardAt;

  /** Puts TLS above a connected socket. */
  interface Securing {
    Socket secure(Socket plain, int timeout) throws IOException;
  }

  BrokerSocket(Securing securing, LongSupplier nanos) {
    this.securing = securing;
    this.nanos = nanos;
    this.heardAt = nanos.getAsLong();
  }

  /** When something came last, or when the socket was made. */
  long heardAt() {
    return heardAt;
  }

  /** Waits until Paho has started and writes, but not for long. */
  void awaitStart() {
    Threads.await(written::await, START_MILLIS);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    try {
      plain.setTcpNoDelay(true);
      plain.connect(endpoint, timeout);
      stream = securing.secure(plain, timeout);
    } catch (IOException e) {
      written.countDown();
      close();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input(stream.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(stream.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        written.countDown();
        out.write(bytes, offset, length);
      }
    };
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    stream.setSoTimeout(timeout);
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
      return;
    }
  }

  private final class Input extends FilterInputStream {

    Input(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return told(in::available);
    }

    @Override
    public int read() throws IOException {
      return heard(told(in::read));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return heard(told(() -> in.read(bytes, offset, length)));
    }

    private int told(Reading reading) throws IOException {
      try {
        int result = reading.read();
        if (result < 0) {
          awaitStart();
        }
        return result;
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        awaitStart();
        throw e;
      }
    }

    private int heard(int result) {
      if (result >= 0) {
        heardAt = nanos.getAsLong();
      }
      return result;
    }
  }

  private interface Reading {
    int read() throws IOException;
  }
}

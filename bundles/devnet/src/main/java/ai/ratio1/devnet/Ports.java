package ai.ratio1.devnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Checks ports before anything is started, so that the answer is a sentence. */
final class Ports {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TRY_EVERY = Duration.ofMillis(50);

  private Ports() {}

  static void requireFree(int port, String purpose) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw DevnetError.portTaken(port, purpose);
    }
  }

  /** Waits until somebody listens; false when nobody does in time or the process ends. */
  static boolean awaitListener(int port, ProcessHandle process) {
    for (long tries = PATIENCE.dividedBy(TRY_EVERY); tries > 0 && process.isAlive(); tries--) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException notYet) {
        LockSupport.parkNanos(TRY_EVERY.toNanos());
      }
    }
    return false;
  }
}

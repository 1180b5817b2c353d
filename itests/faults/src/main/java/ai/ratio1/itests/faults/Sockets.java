package ai.ratio1.itests.faults;

import java.io.IOException;
import java.net.Socket;

/** Ends of sockets. */
final class Sockets {

  private Sockets() {}

  /** Closes so that the other side sees a reset. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It has ended already.
      return;
    }
    close(socket);
  }

  /** Closes so that the other side sees an end. */
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
      return;
    }
  }
}

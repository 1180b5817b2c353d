package ai.ratio1.itests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says what it hears, and remembers how each of its connections ended. */
final class EchoServer implements AutoCloseable {

  /** How a connection ended here. */
  enum Ending {
    /** In order. */
    END,
    /** By a reset. */
    BREAK
  }

  final List<Ending> endings = new CopyOnWriteArrayList<>();
  final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  EchoServer() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Threads.start("test-echo", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.add(socket);
        Threads.start("test-echo-line", () -> echo(socket));
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void echo(Socket socket) {
    try {
      socket.getInputStream().transferTo(socket.getOutputStream());
      endings.add(Ending.END);
      socket.shutdownOutput();
    } catch (IOException e) {
      endings.add(Ending.BREAK);
    }
  }
}

package ai.ratio1.mqtt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and its broker, and can swallow what they say to each other. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /** Two sockets of which each gets what the other sends, until it is silenced. */
  private static final class Line {
    volatile boolean silent;
    volatile boolean deaf;
  }

  TcpProxy(String address, int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return lines.size();
  }

  /** From now on the connections there are bring nothing, and stay open; new ones work. */
  void silence() {
    lines.forEach(line -> line.silent = true);
  }

  /** From now on the connections there are take nothing, so that whoever writes stands still. */
  void deafen() {
    lines.forEach(line -> line.deaf = true);
  }

  @Override
  public void close() throws IOException {
    lines.forEach(line -> line.deaf = false);
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        connect(client);
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(broker);
      Line line = new Line();
      lines.add(line);
      start(() -> copy(line, client, broker));
      start(() -> copy(line, broker, client));
    } catch (IOException e) {
      // The broker is away; the client is told by losing its connection.
      client.close();
    }
  }

  private static void copy(Line line, Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Await.until(() -> !line.deaf);
        if (!line.silent) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One side is closed; leaving closes the other.
      return;
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}

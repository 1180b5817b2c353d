package ai.ratio1.itests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of this machine behind which another lies, and what can go wrong on the way. For protocols
 * in which the client speaks first: the way is made when it has said something.
 *
 * <p>Chance comes from the seed alone: the n-th connection draws the same, whatever the others do.
 *
 * <p>Thread-safe. Starting is done by the constructor; closing is idempotent, resets what is
 * connected, and leaves no thread behind.
 */
public final class FaultyLink implements AutoCloseable {

  private final String name;
  private final int target;
  private final SplittableRandom chance;
  private final Switch conditions = new Switch();
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ServerSocket server;
  private final Thread accepting;

  /**
   * Listens on a free port of the loopback device.
   *
   * @param name for the threads
   * @param target port of the loopback device to which everything goes
   */
  public FaultyLink(String name, int target, long seed) throws IOException {
    this.name = name;
    this.target = target;
    this.chance = new SplittableRandom(seed);
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.accepting = Threads.start("fault-link-" + name, this::accept);
  }

  /** Where to connect to. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many connections were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are there whose other side has vanished. */
  public long vanished() {
    return passages.stream().filter(Passage::hasVanished).count();
  }

  /** Changes the conditions, of the connections there are and of later ones. */
  public void set(Conditions next) {
    conditions.set(next);
  }

  /** Resets every connection. */
  public void cut() {
    passages.forEach(Passage::cut);
  }

  /**
   * Lets the other side of every connection vanish, for either side: what is sent is swallowed, and
   * nothing comes any more, neither bytes nor an end. Later connections work.
   */
  public void vanish() {
    passages.forEach(Passage::vanish);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Threads.join(accepting);
    passages.forEach(Passage::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        accepted.incrementAndGet();
        SplittableRandom own = chance.split();
        if (conditions.now().refusing()) {
          Sockets.reset(client);
        } else {
          Passage passage = new Passage(name, client, target, conditions, own, passages::remove);
          passages.add(passage);
          passage.start();
        }
      }
    } catch (IOException e) {
      // Closed.
      return;
    }
  }
}

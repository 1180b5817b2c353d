package ai.ratio1.itests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection through a link: a flow each way, the second once the first has something. */
final class Passage implements AutoCloseable {

  private final String name;
  private final Socket client;
  private final int target;
  private final Switch conditions;
  private final SplittableRandom chance;
  private final Consumer<Passage> gone;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger flowing = new AtomicInteger();
  private volatile boolean vanished;
  private @Nullable Socket server;
  private boolean closed;

  /**
   * Not started yet.
   *
   * @param gone is told when nothing can flow any more
   */
  Passage(
      String name,
      Socket client,
      int target,
      Switch conditions,
      SplittableRandom chance,
      Consumer<Passage> gone) {
    this.name = name;
    this.client = client;
    this.target = target;
    this.conditions = conditions;
    this.chance = chance;
    this.gone = gone;
  }

  void start() {
    start(new Flow(this, client, this::reach, false, conditions, chance.split()));
  }

  boolean hasVanished() {
    return vanished;
  }

  /** From now on neither side hears anything of the other. */
  void vanish() {
    vanished = true;
  }

  /** Resets both sides. */
  synchronized void cut() {
    closed = true;
    Sockets.reset(client);
    if (server != null) {
      Sockets.reset(server);
    }
    threads.forEach(Thread::interrupt);
  }

  /** The same, and waits for the threads. */
  @Override
  public void close() {
    cut();
    threads.forEach(Threads::join);
  }

  /** Called by each flow at its end. */
  void flowEnded() {
    if (flowing.decrementAndGet() == 0) {
      finish();
      gone.accept(this);
    }
  }

  /** Lets what was written arrive, unless it was cut before. */
  private synchronized void finish() {
    closed = true;
    Sockets.close(client);
    if (server != null) {
      Sockets.close(server);
    }
  }

  private synchronized Socket reach() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    Socket known = server;
    if (known != null) {
      return known;
    }
    Socket made = new Socket(InetAddress.getLoopbackAddress(), target);
    made.setTcpNoDelay(true);
    client.setTcpNoDelay(true);
    server = made;
    start(new Flow(this, made, () -> client, true, conditions, chance.split()));
    return made;
  }

  private void start(Flow flow) {
    flowing.incrementAndGet();
    threads.add(Threads.start("fault-take-" + name, flow::take));
    threads.add(Threads.start("fault-pass-" + name, flow::passOn));
  }
}

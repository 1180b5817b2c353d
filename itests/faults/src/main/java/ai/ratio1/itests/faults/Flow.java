package ai.ratio1.itests.faults;

import ai.ratio1.itests.faults.Piece.What;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection. One thread takes what comes and says when it may arrive, another
 * waits for that and passes it on; between them lies a bounded queue, so that whoever sends faster
 * than the link carries is held up as by any other link.
 */
final class Flow {

  private static final int LARGEST_PIECE = 8192;
  private static final int MOST_PIECES = 32;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How many pieces a second of throttled bytes comes in. */
  private static final int PIECES_PER_SECOND = 20;

  private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(MOST_PIECES);
  private final Passage passage;
  private final Socket from;
  private final Target to;
  private final Switch conditions;
  private final SplittableRandom chance;
  private volatile boolean over;
  private boolean open;
  private long lastDue = System.nanoTime();
  private long freeAt = System.nanoTime();

  /** Where it goes. */
  interface Target {
    /** The socket, which is connected only now if it is not yet. */
    Socket reach() throws IOException;
  }

  /**
   * Not started yet.
   *
   * @param open whether the target is connected already
   */
  Flow(
      Passage passage,
      Socket from,
      Target to,
      boolean open,
      Switch conditions,
      SplittableRandom chance) {
    this.passage = passage;
    this.from = from;
    this.to = to;
    this.open = open;
    this.conditions = conditions;
    this.chance = chance;
  }

  /** Takes what comes until there is no more; the first thread. */
  void take() {
    byte[] buffer = new byte[LARGEST_PIECE];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        send(What.BYTES, Arrays.copyOf(buffer, count));
      }
      over = true;
      send(What.END, new byte[0]);
    } catch (IOException broken) {
      over = true;
      sendBreak();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendBreak() {
    try {
      send(What.BREAK, new byte[0]);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(What what, byte[] bytes) throws InterruptedException {
    Conditions now = conditions.now();
    if (what == What.BYTES && chance.nextDouble() < now.loss()) {
      passage.vanish();
    }
    long least = now.leastDelay().toNanos();
    long delay = chance.nextLong(least, now.mostDelay().toNanos() + 1);
    lastDue = Math.max(lastDue, System.nanoTime() + delay);
    underWay.put(new Piece(what, bytes, lastDue));
  }

  /** Passes on what was taken, when it is due; the second thread. */
  void passOn() {
    try {
      Piece piece = underWay.take();
      while (piece.what() == What.BYTES) {
        awaitPassage(piece);
        if (!passage.hasVanished()) {
          write(target().getOutputStream(), piece.bytes());
        }
        piece = underWay.take();
      }
      awaitPassage(piece);
      end(piece.what());
    } catch (IOException broken) {
      passage.cut();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      passage.flowEnded();
    }
  }

  private void awaitPassage(Piece piece) throws IOException, InterruptedException {
    Threads.sleepUntil(piece.due());
    boolean held = conditions.awaitMotion();
    // What was never connected leaves no trace, as when the first packet of a connection is lost.
    if (held && over && !open) {
      throw new IOException("gave up before the way was open");
    }
  }

  private Socket target() throws IOException {
    Socket target = to.reach();
    open = true;
    return target;
  }

  private void write(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
    int written = 0;
    while (written < bytes.length) {
      int limit = conditions.now().bytesPerSecond();
      int count = bytes.length - written;
      if (limit > 0) {
        count = Math.min(count, Math.max(1, limit / PIECES_PER_SECOND));
        freeAt = Math.max(freeAt, System.nanoTime()) + count * SECOND / limit;
        Threads.sleepUntil(freeAt);
      }
      out.write(bytes, written, count);
      written += count;
    }
  }

  /** A vanished side learns nothing of the other's end, but its own is taken note of. */
  private void end(What what) throws IOException {
    if (passage.hasVanished()) {
      from.close();
    } else if (what == What.BREAK) {
      passage.cut();
    } else {
      target().shutdownOutput();
    }
  }
}

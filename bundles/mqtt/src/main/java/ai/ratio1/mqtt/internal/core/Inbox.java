package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits for a listener; when it is full the oldest goes. Not thread-safe. */
public final class Inbox {

  private final Deque<Message> waiting = new ArrayDeque<>();
  private int capacity;
  private long byteLimit;
  private long bytes;

  /** An empty one. */
  public Inbox(int capacity, long byteLimit) {
    this.capacity = capacity;
    this.byteLimit = byteLimit;
  }

  /** Adds a message; returns how many older ones had to go. */
  public int add(Message message) {
    waiting.add(message);
    bytes += message.payload().length;
    return shrink();
  }

  /** Takes other bounds; returns how many messages had to go. */
  public int limit(int nextCapacity, long nextByteLimit) {
    capacity = nextCapacity;
    byteLimit = nextByteLimit;
    return shrink();
  }

  /** Takes the oldest message out. */
  public @Nullable Message poll() {
    Message message = waiting.poll();
    bytes -= message == null ? 0 : message.payload().length;
    return message;
  }

  /** How many wait. */
  public int size() {
    return waiting.size();
  }

  /** The newest message stays, however large it is. */
  private int shrink() {
    int gone = 0;
    while (waiting.size() > capacity || (bytes > byteLimit && waiting.size() > 1)) {
      poll();
      gone++;
    }
    return gone;
  }
}

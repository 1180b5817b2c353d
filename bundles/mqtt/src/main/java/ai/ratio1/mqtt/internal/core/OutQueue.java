package ai.ratio1.mqtt.internal.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What waits for the broker and what is in flight to it. Messages of one lane keep their order;
 * lanes take turns, so that a beat waits for at most one message of every other lane. When it is
 * full the oldest goes. Not thread-safe.
 */
public final class OutQueue {

  /**
   * Most messages in flight at {@link ai.ratio1.transport.Quality#EXACTLY_ONCE}. Mosquitto 2.0
   * takes 20 as it is shipped; it acknowledges further ones and loses them.
   */
  static final int MOST_EXACT = 16;

  /** A message that was in flight at so many lost connections flies alone: perhaps it is why. */
  static final int LOSSES_TO_FLY_ALONE = 2;

  /** Lost connections, the last of them while it flew alone, after which a message is to blame. */
  static final int MOST_LOSSES = 5;

  private final TreeMap<Long, Entry> waiting = new TreeMap<>();
  private final TreeMap<Long, Entry> flying = new TreeMap<>();
  private final Map<String, TreeMap<Long, Entry>> lanes = new LinkedHashMap<>();
  private OutLimits limits;
  private long bytes;
  private long flyingBytes;

  private static final class Entry {
    final OutMessage message;
    final long bornAt;
    int losses;

    Entry(OutMessage message, long bornAt) {
      this.message = message;
      this.bornAt = bornAt;
    }

    boolean isSuspect() {
      return losses >= LOSSES_TO_FLY_ALONE;
    }
  }

  /** An empty queue. */
  public OutQueue(OutLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds a message.
   *
   * @param bornAt when it was published, on the monotonic clock
   * @return the oldest ones, which had to go for it
   */
  public List<OutMessage> add(OutMessage message, long bornAt) {
    enqueue(new Entry(message, bornAt));
    bytes += message.size();
    return shrink();
  }

  /** Takes other bounds; returns what exceeds them. */
  public List<OutMessage> limit(OutLimits next) {
    limits = next;
    return shrink();
  }

  /** The next message to send, now in flight; nothing while the window is full. */
  public Optional<OutMessage> next() {
    if (flying.size() >= limits.window() || flying.values().stream().anyMatch(Entry::isSuspect)) {
      return Optional.empty();
    }
    for (TreeMap<Long, Entry> lane : lanes.values()) {
      Entry entry = lane.firstEntry().getValue();
      if (!flying.isEmpty() && !fitsBesideOthers(entry)) {
        return Optional.empty();
      }
      if (!entry.message.isExact() || exactInFlight() < MOST_EXACT) {
        launch(entry);
        return Optional.of(entry.message);
      }
    }
    return Optional.empty();
  }

  /** Takes a message out, wherever it is. */
  public Optional<OutMessage> remove(long id) {
    Entry entry = flying.remove(id);
    if (entry != null) {
      flyingBytes -= entry.message.size();
    } else {
      entry = waiting.get(id);
      if (entry == null) {
        return Optional.empty();
      }
      dequeue(entry);
    }
    bytes -= entry.message.size();
    return Optional.of(entry.message);
  }

  /** Takes out what waited too long. */
  public List<OutMessage> expire(long now) {
    List<OutMessage> old = new ArrayList<>();
    for (Entry entry : waiting.values()) {
      if (now - entry.bornAt > limits.ageNanos()) {
        old.add(entry.message);
      }
    }
    old.forEach(message -> remove(message.id()));
    return old;
  }

  /**
   * The connection is gone: what was in flight waits again, in its old place.
   *
   * @return what is not kept without a connection
   */
  public List<OutMessage> rewind() {
    flying.values().forEach(this::enqueue);
    flying.clear();
    flyingBytes = 0;
    List<OutMessage> unkept =
        waiting.values().stream().map(entry -> entry.message).filter(m -> !m.isKept()).toList();
    unkept.forEach(message -> remove(message.id()));
    return unkept;
  }

  /**
   * The broker ended the connection; to be called before {@link #rewind}.
   *
   * @return the message that it cannot bear, if there is good reason to think so
   */
  public Optional<OutMessage> blame() {
    flying.values().forEach(entry -> entry.losses++);
    return flying.size() == 1 && flying.firstEntry().getValue().losses >= MOST_LOSSES
        ? remove(flying.firstKey())
        : Optional.empty();
  }

  /** How many messages there are. */
  public int size() {
    return waiting.size() + flying.size();
  }

  /** How many bytes they count. */
  public long bytes() {
    return bytes;
  }

  /** How many are in flight. */
  public int inFlight() {
    return flying.size();
  }

  /** How many bytes are in flight. */
  public long bytesInFlight() {
    return flyingBytes;
  }

  private List<OutMessage> shrink() {
    List<OutMessage> gone = new ArrayList<>();
    while (size() > limits.messages() || bytes > limits.bytes()) {
      TreeMap<Long, Entry> source = waiting.isEmpty() ? flying : waiting;
      remove(source.firstKey()).ifPresent(gone::add);
    }
    return gone;
  }

  private void launch(Entry entry) {
    OutMessage message = entry.message;
    dequeue(entry);
    flying.put(message.id(), entry);
    flyingBytes += message.size();
    TreeMap<Long, Entry> lane = lanes.remove(message.lane());
    if (lane != null) {
      lanes.put(message.lane(), lane);
    }
  }

  private boolean fitsBesideOthers(Entry entry) {
    return !entry.isSuspect() && flyingBytes + entry.message.size() <= limits.windowBytes();
  }

  private long exactInFlight() {
    return flying.values().stream().filter(entry -> entry.message.isExact()).count();
  }

  private void enqueue(Entry entry) {
    OutMessage message = entry.message;
    waiting.put(message.id(), entry);
    lanes.computeIfAbsent(message.lane(), lane -> new TreeMap<>()).put(message.id(), entry);
  }

  private void dequeue(Entry entry) {
    OutMessage message = entry.message;
    waiting.remove(message.id());
    lanes.computeIfPresent(
        message.lane(),
        (name, line) -> {
          line.remove(message.id());
          return line.isEmpty() ? null : line;
        });
  }
}

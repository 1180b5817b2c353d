package ai.ratio1.mqtt.internal.core;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages on disk: segments that are only added to, with a note for each message that is done
 * with. Only the oldest segment is ever deleted, and only when nothing in it is needed, so a note
 * outlives the message it is about. Half an entry, where a write failed or the process ended, is
 * passed over in reading. Not thread-safe.
 */
public final class OutboxLog {

  static final long SEGMENT = 1 << 20;

  /** How much more than twice the messages the segments may take before old ones are rewritten. */
  static final long SLACK = 4 * SEGMENT;

  private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})\\.log");

  private final SegmentStore store;
  private final RandomGenerator random;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Map<Long, Segment> places = new HashMap<>();
  private @Nullable Segment current;
  private long nextSegment = 1;
  private long nextId = 1;
  private long size;
  private long needed;
  private boolean recovered;

  /** A file; {@code live} holds what is still needed of it. */
  private static final class Segment {
    final String name;
    final long salt;
    final Map<Long, OutMessage> live = new LinkedHashMap<>();
    long size;
    boolean unsynced;

    Segment(String name, long salt) {
      this.name = name;
      this.salt = salt;
    }
  }

  /**
   * What an earlier log left.
   *
   * @param messages messages that are not done with, oldest first
   * @param damaged bytes that mean nothing
   * @param unreadable segments that could not be read; they are left alone
   */
  public record Recovery(List<OutMessage> messages, long damaged, List<String> unreadable) {}

  /**
   * A log that takes nothing until {@link #recover} has succeeded.
   *
   * @param random gives every segment a salt, so that no payload can pose as an entry
   */
  public OutboxLog(SegmentStore store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  /** Reads what an earlier log left; to be called once. */
  public Recovery recover() throws IOException {
    List<String> unreadable = new ArrayList<>();
    long damaged = 0;
    for (String name : store.names().stream().sorted().toList()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        continue;
      }
      nextSegment = Math.max(nextSegment, Long.parseUnsignedLong(matcher.group(1), 16) + 1);
      try {
        byte[] bytes = store.read(name);
        damaged += load(new Segment(name, Long.parseUnsignedLong(matcher.group(2), 16)), bytes);
      } catch (IOException e) {
        unreadable.add(name);
      }
    }
    // Identifiers must not meet those in segments that can be read the next time.
    nextId += unreadable.isEmpty() ? 0 : 1L << 32;
    recovered = true;
    trim();
    TreeMap<Long, OutMessage> messages = new TreeMap<>();
    segments.forEach(segment -> messages.putAll(segment.live));
    return new Recovery(List.copyOf(messages.values()), damaged, unreadable);
  }

  /** An identifier for the next message. */
  public long nextId() {
    return nextId++;
  }

  /** Adds a message; returns when it survives the end of this process. */
  public void put(OutMessage message) throws IOException {
    if (!recovered) {
      throw new IOException("what is there already could not be read");
    }
    write(message);
    while (size > 2 * needed + SLACK && segments.size() > 1) {
      for (OutMessage old : List.copyOf(segments.getFirst().live.values())) {
        write(old);
      }
      trim();
    }
  }

  /** Notes that a message is done with; unknown ones do not matter. */
  public void remove(long id) throws IOException {
    if (forget(id)) {
      Segment current = current();
      append(current, LogRecord.encodeDone(id, current.salt));
      trim();
    }
  }

  /** Segments with messages that may not survive a power cut yet; they count as safe from now. */
  public List<String> takeUnsynced() {
    List<String> names = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.unsynced && !segment.live.isEmpty()) {
        segment.unsynced = false;
        names.add(segment.name);
      }
    }
    return names;
  }

  /** Bytes of all segments. */
  long size() {
    return size;
  }

  private void write(OutMessage message) throws IOException {
    Segment segment = current();
    append(segment, LogRecord.encode(message, segment.salt));
    segment.unsynced = true;
    place(message, segment);
  }

  private Segment current() {
    Segment segment = current;
    if (segment == null || segment.size >= SEGMENT) {
      long salt = random.nextLong();
      segment = new Segment(String.format("%016x-%016x.log", nextSegment++, salt), salt);
      segments.add(segment);
      current = segment;
    }
    return segment;
  }

  private void append(Segment segment, byte[] entry) throws IOException {
    store.append(segment.name, entry);
    segment.size += entry.length;
    size += entry.length;
  }

  private void trim() throws IOException {
    while (segments.size() > 1 && segments.getFirst().live.isEmpty()) {
      store.delete(segments.getFirst().name);
      size -= segments.removeFirst().size;
    }
  }

  private void place(OutMessage message, Segment segment) {
    forget(message.id());
    places.put(message.id(), segment);
    segment.live.put(message.id(), message);
    needed += message.size();
  }

  private boolean forget(long id) {
    Segment place = places.remove(id);
    OutMessage message = place == null ? null : place.live.remove(id);
    needed -= message == null ? 0 : message.size();
    return message != null;
  }

  /** Takes in a segment's entries; returns how many bytes are none. */
  private long load(Segment segment, byte[] bytes) {
    segment.size = bytes.length;
    size += bytes.length;
    segments.add(segment);
    long damaged = 0;
    for (int at = 0; at < bytes.length; ) {
      Optional<LogRecord> entry = LogRecord.decode(bytes, at, segment.salt);
      entry.ifPresent(found -> take(found, segment));
      damaged += entry.isPresent() ? 0 : 1;
      at += entry.map(LogRecord::length).orElse(1);
    }
    return damaged;
  }

  private void take(LogRecord entry, Segment segment) {
    nextId = Math.max(nextId, entry.id() + 1);
    if (entry.message() == null) {
      forget(entry.id());
    } else {
      place(entry.message(), segment);
    }
  }
}

package ai.ratio1.rest.internal.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The latest events, each with a number that grows by one. Old ones fall out; a reader that was too
 * slow is told how many it missed. Thread-safe.
 */
public final class EventRing {

  private static final int LONGEST_TEXT = 1024;
  private static final int MOST_PROPERTIES = 16;

  private final int capacity;
  private final String stream;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long newest;

  private record Entry(long id, Instant time, String topic, Map<String, String> properties) {}

  /**
   * An empty ring.
   *
   * @param capacity how many events it keeps
   * @param stream identifies this ring: after a restart of the node the numbers begin anew
   */
  public EventRing(int capacity, String stream) {
    this.capacity = capacity;
    this.stream = stream;
  }

  /** Adds an event; texts are cut at 1,024 characters, properties at 16. */
  public synchronized void add(String topic, Instant time, Map<String, ?> properties) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, ?> property : new TreeMap<>(properties).entrySet()) {
      String text = String.valueOf(property.getValue());
      if (texts.size() < MOST_PROPERTIES) {
        texts.put(property.getKey(), text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
      }
    }
    newest++;
    entries.addLast(new Entry(newest, time, topic, texts));
    while (entries.size() > capacity) {
      entries.removeFirst();
    }
  }

  /**
   * Events after a number, oldest first.
   *
   * @param after the last number the reader has, 0 for none
   * @param limit how many at most
   */
  public synchronized ObjectNode after(long after, int limit) {
    // A number this ring never gave belongs to the time before a restart.
    long from = after > newest ? 0 : after;
    long oldest = newest - entries.size() + 1;
    ArrayNode events = Values.array();
    long last = from;
    for (Entry entry : entries) {
      if (entry.id() > from && events.size() < limit) {
        events.add(json(entry));
        last = entry.id();
      }
    }
    ObjectNode page = Values.object();
    page.put("stream", stream);
    page.put("missed", Math.max(0, oldest - 1 - from));
    page.put("last", events.isEmpty() ? Math.min(newest, Math.max(from, 0)) : last);
    page.put("newest", newest);
    page.set("events", events);
    return page;
  }

  private static ObjectNode json(Entry entry) {
    ObjectNode event = Values.object();
    event.put("id", entry.id());
    event.put("time", Values.time(entry.time()));
    event.put("topic", entry.topic());
    ObjectNode properties = event.putObject("properties");
    entry.properties().forEach(properties::put);
    return event;
  }
}

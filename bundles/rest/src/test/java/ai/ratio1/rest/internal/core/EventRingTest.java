package ai.ratio1.rest.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventRingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static void add(EventRing ring, int count) {
    for (int i = 0; i < count; i++) {
      ring.add("ai/ratio1/test/E", NOW, Map.of("message", "m" + i));
    }
  }

  private static List<Long> ids(ObjectNode page) {
    List<Long> ids = new ArrayList<>();
    page.path("events").forEach(event -> ids.add(event.path("id").asLong()));
    return ids;
  }

  @Test
  void givesEventsInPages() {
    EventRing ring = new EventRing(10, "s");
    add(ring, 5);
    ObjectNode first = ring.after(0, 2);
    assertThat(ids(first)).containsExactly(1L, 2L);
    assertThat(first.path("last").asLong()).isEqualTo(2);
    assertThat(first.path("newest").asLong()).isEqualTo(5);
    assertThat(ids(ring.after(2, 10))).containsExactly(3L, 4L, 5L);
    ObjectNode none = ring.after(5, 10);
    assertThat(ids(none)).isEmpty();
    assertThat(none.path("last").asLong()).isEqualTo(5);
    assertThat(none.path("missed").asLong()).isZero();
  }

  @Test
  void tellsASlowReaderWhatItMissed() {
    EventRing ring = new EventRing(3, "s");
    add(ring, 10);
    ObjectNode page = ring.after(2, 10);
    assertThat(ids(page)).containsExactly(8L, 9L, 10L);
    assertThat(page.path("missed").asLong()).isEqualTo(5);
  }

  @Test
  void beginsAnewForAReaderFromBeforeARestart() {
    EventRing ring = new EventRing(10, "s");
    add(ring, 2);
    ObjectNode page = ring.after(500, 10);
    assertThat(ids(page)).containsExactly(1L, 2L);
    assertThat(page.path("stream").asText()).isEqualTo("s");
  }

  @Test
  void anEmptyRingHasNothingToMiss() {
    ObjectNode page = new EventRing(3, "s").after(7, 10);
    assertThat(page.path("missed").asLong()).isZero();
    assertThat(page.path("last").asLong()).isZero();
  }

  @Test
  void cutsWhatIsTooLong() {
    EventRing ring = new EventRing(3, "s");
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      properties.put("p" + i, "x".repeat(5000));
    }
    ring.add("t", NOW, properties);
    var event = ring.after(0, 1).path("events").path(0).path("properties");
    assertThat(event).hasSize(16);
    event.forEach(value -> assertThat(value.asText()).hasSize(1024));
  }

  /** A reader that always asks after the last number sees every event once, or is told. */
  @Property
  void nothingIsLostInSilence(
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll List<@IntRange(min = 0, max = 30) Integer> bursts,
      @ForAll @IntRange(min = 1, max = 10) int limit) {
    EventRing ring = new EventRing(capacity, "s");
    long last = 0;
    long seen = 0;
    long total = 0;
    for (int burst : bursts) {
      add(ring, burst);
      total += burst;
      ObjectNode page = ring.after(last, limit);
      seen += page.path("missed").asLong() + page.path("events").size();
      last = page.path("last").asLong();
    }
    while (last < total) {
      ObjectNode page = ring.after(last, limit);
      seen += page.path("missed").asLong() + page.path("events").size();
      last = page.path("last").asLong();
    }
    assertThat(seen).isEqualTo(total);
  }
}

package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.transport.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever is done to a queue, every message leaves it once, in order, and its bounds hold. */
class OutQueuePropertyTest {

  private static final OutLimits LIMITS = new OutLimits(8, 10_000, 50, 3, 3000);

  @Property(tries = 300)
  void keepsItsBooks(@ForAll @Size(max = 200) List<Integer> steps) {
    new Run().work(steps);
  }

  private static final class Run {

    private final OutQueue queue = new OutQueue(LIMITS);
    private final Set<Long> inside = new HashSet<>();
    private final List<Long> flying = new ArrayList<>();
    private final Map<String, Long> lastOfLane = new HashMap<>();
    private long clock;
    private long nextId = 1;

    void work(List<Integer> steps) {
      for (int step : steps) {
        clock++;
        switch (Math.floorMod(step, 8)) {
          case 0 -> rewind();
          case 1 -> leave(queue.expire(clock));
          case 2, 3 -> take(step);
          case 4, 5 -> send();
          default -> add(step);
        }
        assertThat(queue.size()).isEqualTo(inside.size()).isLessThanOrEqualTo(LIMITS.messages());
        assertThat(queue.bytes()).isLessThanOrEqualTo(LIMITS.bytes());
        assertThat(queue.inFlight()).isEqualTo(flying.size()).isLessThanOrEqualTo(LIMITS.window());
      }
      inside.stream().toList().forEach(id -> assertThat(queue.remove(id)).isPresent());
      assertThat(queue.bytes()).isZero();
      assertThat(queue.bytesInFlight()).isZero();
      assertThat(queue.next()).isEmpty();
    }

    private void add(int step) {
      Quality quality = Quality.values()[Math.floorMod(step, 3)];
      String topic = "root/" + Math.floorMod(step, 4);
      long id = nextId++;
      inside.add(id);
      leave(queue.add(Messages.of(id, topic, Math.floorMod(step, 4000), quality), clock));
    }

    private void send() {
      Optional<OutMessage> next = queue.next();
      if (next.isPresent()) {
        long id = next.get().id();
        flying.add(id);
        assertThat(inside).contains(id);
        Long before = lastOfLane.put(next.get().topic(), id);
        assertThat(before == null || before < id).as("in order").isTrue();
      }
    }

    private void take(int step) {
      if (!flying.isEmpty()) {
        long id = flying.remove(Math.floorMod(step, flying.size()));
        inside.remove(id);
        assertThat(queue.remove(id)).isPresent();
      }
    }

    private void rewind() {
      List<OutMessage> gone = queue.rewind();
      assertThat(gone).noneMatch(OutMessage::isKept);
      flying.clear();
      lastOfLane.clear();
      leave(gone);
    }

    private void leave(List<OutMessage> gone) {
      for (OutMessage message : gone) {
        assertThat(inside.remove(message.id())).isTrue();
        flying.remove(message.id());
      }
    }
  }
}

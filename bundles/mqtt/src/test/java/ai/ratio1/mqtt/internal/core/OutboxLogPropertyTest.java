package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever is done to a log and wherever it stops, what was kept is there afterwards. */
class OutboxLogPropertyTest {

  @Property(tries = 200)
  void aStopAtAnyByteLosesNothing(
      @ForAll @Size(max = 60) List<Integer> steps,
      @ForAll @LongRange(min = 1, max = 4_000_000) long stop,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Run run = new Run();
    run.store.crashAfter(stop);
    try {
      run.work(steps, random);
    } catch (MemorySegments.Crash e) {
      // Now a new process looks at what is there.
    }
    run.store.crashAfter(Long.MAX_VALUE);
    run.recovered(random);
    run.recovered(random);
  }

  @Property(tries = 200)
  void aFailureAtAnyByteLosesNothing(
      @ForAll @Size(max = 60) List<Integer> steps,
      @ForAll @LongRange(min = 1, max = 4_000_000) long failure,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Run run = new Run();
    run.store.failAfter(failure);
    run.work(steps, random);
    run.recovered(random);
  }

  private static final class Run {

    private final MemorySegments store = new MemorySegments();
    private final Map<Long, OutMessage> kept = new TreeMap<>();
    private final Set<Long> doubtful = new HashSet<>();

    /** Numbers choose what is done: add small and large ones, remove, start anew. */
    private void work(List<Integer> steps, Random random) throws IOException {
      OutboxLog log = recovered(random);
      for (int step : steps) {
        if (Math.floorMod(step, 50) == 49) {
          log = recovered(random);
        } else if (Math.floorMod(step, 2) == 0 || kept.isEmpty()) {
          int size = Math.floorMod(step, 7) == 0 ? 300_000 : Math.floorMod(step, 997);
          put(log, Messages.kept(log.nextId(), "topic/" + step % 3, size));
        } else {
          List<Long> ids = new ArrayList<>(kept.keySet());
          remove(log, ids.get(Math.floorMod(step, ids.size())));
        }
      }
    }

    private void put(OutboxLog log, OutMessage message) {
      doubtful.add(message.id());
      try {
        log.put(message);
        kept.put(message.id(), message);
        doubtful.remove(message.id());
      } catch (IOException e) {
        // Perhaps it is there, perhaps not.
      }
    }

    private void remove(OutboxLog log, long id) {
      kept.remove(id);
      doubtful.add(id);
      try {
        log.remove(id);
        doubtful.remove(id);
      } catch (IOException e) {
        // Perhaps it will be there again.
      }
    }

    /** Starts anew; everything kept is there, in order, and nothing that is done with. */
    private OutboxLog recovered(Random random) throws IOException {
      OutboxLog log = new OutboxLog(store, random);
      Collection<OutMessage> found = log.recover().messages();
      List<OutMessage> certain =
          found.stream().filter(message -> !doubtful.contains(message.id())).toList();
      assertThat(Messages.prints(certain)).isEqualTo(Messages.prints(kept.values()));
      assertThat(found.stream().map(OutMessage::id).toList()).isSorted();
      for (OutMessage message : found) {
        kept.put(message.id(), message);
      }
      doubtful.clear();
      return log;
    }
  }
}

package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotBookTest {

  private static final EvmAddress NODE = EvmAddress.parse("0x" + "ab".repeat(20));
  private static final EvmAddress OTHER = EvmAddress.parse("0x" + "cd".repeat(20));

  private final SlotBook book = new SlotBook();

  @Property(tries = 200)
  void theByteIsTheFloorOfTheShare(
      @ForAll @IntRange(min = 1, max = 4320) int slots,
      @ForAll Set<@IntRange(max = 4319) Integer> seen) {
    SlotBook fresh = new SlotBook();
    Set<Integer> inside = new HashSet<>(seen);
    inside.removeIf(slot -> slot >= slots);
    inside.forEach(slot -> fresh.mark(3, slots, NODE, slot));
    int expected = (int) Math.floor(255.0 * inside.size() / slots + 1e-9);
    Presence presence = fresh.presence(3).getOrDefault(NODE, new Presence(new BitSet(), slots));
    assertThat(presence.value()).isEqualTo(expected);
    assertThat(presence.slots()).isEqualTo(slots);
    assertThat(presence.present().stream().boxed()).containsExactlyInAnyOrderElementsOf(inside);
  }

  @Test
  void aSecondBeatInASlotIsNoNews() {
    assertThat(book.mark(1, 60, NODE, 59)).isTrue();
    assertThat(book.mark(1, 60, NODE, 59)).isFalse();
    assertThat(book.mark(1, 60, OTHER, 59)).isTrue();
    assertThat(book.mark(2, 60, NODE, 59)).isTrue();
  }

  @Test
  void tellsWhatChangedSinceLastAsked() {
    book.mark(1, 200, NODE, 3);
    book.mark(1, 200, NODE, 130);
    EpochSlots slots = book.of(1).orElseThrow();
    assertThat(slots.takeChanged().stream()).containsExactly(3, 130);
    assertThat(slots.takeChanged().isEmpty()).isTrue();
    book.mark(1, 200, NODE, 3);
    assertThat(slots.takeChanged().isEmpty()).as("an old mark is no change").isTrue();
    book.mark(1, 200, OTHER, 3);
    List<EvmAddress> column = new ArrayList<>();
    slots.column(3, column::add);
    assertThat(column).containsExactlyInAnyOrder(NODE, OTHER);
    assertThat(slots.takeChanged().stream()).containsExactly(3);
  }

  @Test
  void aFrozenEpochStaysAsItIs() {
    book.mark(1, 60, NODE, 0);
    book.freeze(1);
    assertThat(book.mark(1, 60, NODE, 1)).isFalse();
    assertThat(book.presence(1).get(NODE).present().cardinality()).isEqualTo(1);
    book.freeze(7);
    assertThat(book.mark(7, 60, NODE, 1)).isFalse();
    assertThat(book.presence(7)).isEmpty();
  }

  @Test
  void marksOfManyThreadsInOneWordAreAllKeptAndEachIsNewsOnce() throws Exception {
    int slots = 4320;
    int epochs = 50;
    AtomicInteger news = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CyclicBarrier together = new CyclicBarrier(4);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int own = thread;
      done.add(
          threads.submit(
              () -> {
                for (int epoch = 0; epoch < epochs; epoch++) {
                  together.await(10, TimeUnit.SECONDS);
                  for (int slot = own; slot < slots; slot += 4) {
                    news.addAndGet(book.mark(epoch, slots, NODE, slot) ? 1 : 0);
                  }
                }
                return null;
              }));
    }
    BitSet flushed = new BitSet();
    while (!done.stream().allMatch(Future::isDone)) {
      book.of(0).ifPresent(epoch -> flushed.or(epoch.takeChanged()));
    }
    for (Future<?> future : done) {
      future.get(10, TimeUnit.SECONDS);
    }
    threads.shutdown();
    flushed.or(book.of(0).orElseThrow().takeChanged());
    assertThat(flushed.cardinality()).isEqualTo(slots);
    assertThat(news).hasValue(slots * epochs);
    for (long epoch = 0; epoch < epochs; epoch++) {
      assertThat(book.presence(epoch).get(NODE).value()).isEqualTo(255);
    }
  }

  @Test
  void aFreezeDuringMarksGivesAnAnswerThatNeverChanges() throws Exception {
    int slots = 4320;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<?> marks =
        threads.submit(
            () -> {
              for (int i = 0; i < slots; i++) {
                book.mark(1, slots, NODE, i);
              }
            });
    while (!book.presence(1).containsKey(NODE)) {
      Thread.onSpinWait();
    }
    book.freeze(1);
    BitSet first = book.presence(1).get(NODE).present();
    marks.get(10, TimeUnit.SECONDS);
    threads.shutdown();
    assertThat(book.presence(1).get(NODE).present()).isEqualTo(first);
  }

  @Test
  void addsWhatAnEarlierRunSaw() {
    BitSet seen = new BitSet();
    seen.set(5);
    seen.set(99);
    book.mark(1, 60, NODE, 6);
    book.merge(1, 60, NODE, seen);
    assertThat(book.presence(1).get(NODE).present().stream()).containsExactly(5, 6);
    assertThat(book.of(1).orElseThrow().takeChanged().stream()).containsExactly(6);
  }

  @Test
  void forgetsOldEpochs() {
    book.mark(1, 60, NODE, 1);
    book.mark(9, 60, NODE, 1);
    book.freeze(1);
    book.forgetBefore(9);
    assertThat(book.presence(1)).isEmpty();
    assertThat(book.isFrozen(1)).isFalse();
    assertThat(book.presence(9)).containsKey(NODE);
  }
}

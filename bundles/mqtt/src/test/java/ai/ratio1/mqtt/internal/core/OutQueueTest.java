package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.transport.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutQueueTest {

  private static final OutLimits WIDE = new OutLimits(100, 1 << 20, 1000, 10, 1 << 20);

  private final OutQueue queue = new OutQueue(WIDE);

  @Test
  void sendsInOrderWithinTheWindow() {
    for (int id = 1; id <= 12; id++) {
      assertThat(queue.add(Messages.kept(id, "a", 1), 0)).isEmpty();
    }
    assertThat(drain()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(queue.remove(3)).isPresent();
    assertThat(queue.remove(3)).isEmpty();
    assertThat(drain()).containsExactly(11L);
    assertThat(queue.inFlight()).isEqualTo(10);
    assertThat(queue.size()).isEqualTo(11);
  }

  @Test
  void aBeatWaitsForOneMessageOfEveryOtherLane() {
    for (int id = 1; id <= 5; id++) {
      queue.add(Messages.kept(id, "r/payloads", 1), 0);
    }
    queue.add(Messages.kept(6, "r/0xai_x/config", 1), 0);
    queue.add(Messages.kept(7, "r/0xai_y/config", 1), 0);
    queue.add(Messages.kept(8, "r/ctrl", 1), 0);
    assertThat(drain()).containsExactly(1L, 6L, 8L, 2L, 7L, 3L, 4L, 5L);
  }

  @Test
  void aLargeMessageFliesAlone() {
    queue.limit(new OutLimits(100, 1 << 20, 1000, 10, 5000));
    queue.add(Messages.kept(1, "a", 10), 0);
    queue.add(Messages.kept(2, "a", 9000), 0);
    queue.add(Messages.kept(3, "a", 10), 0);
    assertThat(drain()).containsExactly(1L);
    queue.remove(1);
    assertThat(drain()).containsExactly(2L);
    queue.remove(2);
    assertThat(drain()).containsExactly(3L);
  }

  @Test
  void fewExactMessagesFlyAndHoldUpNobodyElse() {
    queue.limit(new OutLimits(100, 1 << 20, 1000, 100, 1 << 20));
    for (int id = 1; id <= 30; id++) {
      queue.add(Messages.of(id, "r/config", 1, Quality.EXACTLY_ONCE), 0);
    }
    queue.add(Messages.kept(31, "r/ctrl", 1), 0);
    assertThat(drain()).hasSize(OutQueue.MOST_EXACT + 1).contains(31L);
  }

  @Test
  void theOldestThatWaitsGoesWhenItIsFull() {
    queue.limit(new OutLimits(3, 1 << 20, 1000, 1, 1 << 20));
    queue.add(Messages.kept(1, "a", 1), 0);
    queue.add(Messages.kept(2, "b", 1), 0);
    queue.add(Messages.kept(3, "a", 1), 0);
    assertThat(drain()).containsExactly(1L);
    assertThat(ids(queue.add(Messages.kept(4, "a", 1), 0))).containsExactly(2L);
    assertThat(ids(queue.limit(new OutLimits(1, 1 << 20, 1000, 1, 1 << 20))))
        .containsExactly(3L, 4L);
    assertThat(ids(queue.add(Messages.kept(5, "a", 1), 0)))
        .as("what is in flight may be taken any moment")
        .containsExactly(5L);
  }

  @Test
  void countsBytesToo() {
    long one = Messages.kept(1, "a", 1000).size();
    queue.limit(new OutLimits(100, 3 * one, 1000, 1, 1 << 20));
    for (int id = 1; id <= 3; id++) {
      assertThat(queue.add(Messages.kept(id, "a", 1000), 0)).isEmpty();
    }
    assertThat(queue.bytes()).isEqualTo(3 * one);
    assertThat(ids(queue.add(Messages.kept(4, "a", 1500), 0))).containsExactly(1L, 2L);
    assertThat(queue.bytes()).isEqualTo(2 * one + 500);
  }

  @Test
  void whatWaitsTooLongGoes() {
    queue.add(Messages.kept(1, "a", 1), 0);
    queue.add(Messages.kept(2, "a", 1), 500);
    queue.add(Messages.kept(3, "a", 1), -2000);
    assertThat(queue.next()).isPresent();
    assertThat(ids(queue.expire(1000))).containsExactly(3L);
    assertThat(ids(queue.expire(1501))).as("not what is in flight").containsExactly(2L);
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void aLostConnectionPutsBackWhatIsKeptInItsOldPlace() {
    queue.add(Messages.kept(1, "a", 1), 0);
    queue.add(Messages.of(2, "a", 1, Quality.AT_MOST_ONCE), 0);
    queue.add(Messages.of(3, "a", 1, Quality.EXACTLY_ONCE), 0);
    assertThat(drain()).hasSize(3);
    queue.add(Messages.of(4, "a", 1, Quality.AT_MOST_ONCE), 0);
    queue.add(Messages.kept(5, "a", 1), 0);
    assertThat(ids(queue.rewind())).containsExactly(2L, 4L);
    assertThat(queue.inFlight()).isZero();
    assertThat(queue.bytesInFlight()).isZero();
    assertThat(drain()).containsExactly(1L, 3L, 5L);
  }

  @Test
  void findsOutWhichMessageTheBrokerCannotBear() {
    for (int id = 1; id <= 3; id++) {
      queue.add(Messages.kept(id, "a", 1), 0);
    }
    for (int loss = 1; loss <= 2; loss++) {
      assertThat(drain()).hasSize(3);
      assertThat(queue.blame()).isEmpty();
      queue.rewind();
    }
    queue.add(Messages.kept(4, "b", 1), 0);
    assertThat(drain()).as("alone").containsExactly(1L);
    queue.remove(1);
    assertThat(drain()).as("it was in no lost connection").containsExactly(4L);
    queue.remove(4);
    for (int loss = 3; loss <= 4; loss++) {
      assertThat(drain()).containsExactly(2L);
      assertThat(queue.blame()).isEmpty();
      queue.rewind();
    }
    assertThat(drain()).containsExactly(2L);
    assertThat(queue.blame()).map(OutMessage::id).hasValue(2L);
    assertThat(queue.rewind()).isEmpty();
    assertThat(drain()).containsExactly(3L);
  }

  private List<Long> drain() {
    List<Long> ids = new ArrayList<>();
    for (Optional<OutMessage> next = queue.next(); next.isPresent(); next = queue.next()) {
      ids.add(next.get().id());
    }
    return ids;
  }

  private static List<Long> ids(List<OutMessage> messages) {
    return messages.stream().map(OutMessage::id).toList();
  }
}

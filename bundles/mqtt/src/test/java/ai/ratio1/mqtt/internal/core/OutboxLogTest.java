package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.transport.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboxLogTest {

  private final MemorySegments store = new MemorySegments();

  @Test
  void bringsBackWhatIsNotDoneWith() throws IOException {
    OutboxLog log = open();
    OutMessage exact = Messages.of(log.nextId(), "a/ä", 0, Quality.EXACTLY_ONCE);
    OutMessage done = Messages.kept(log.nextId(), "b", 100);
    OutMessage kept = Messages.kept(log.nextId(), "c", 200_000);
    for (OutMessage message : List.of(exact, done, kept)) {
      log.put(message);
    }
    log.remove(done.id());
    log.remove(99);
    OutboxLog again = new OutboxLog(store, new Random(2));
    OutboxLog.Recovery found = again.recover();
    assertThat(Messages.prints(found.messages())).isEqualTo(Messages.prints(List.of(exact, kept)));
    assertThat(found.damaged()).isZero();
    assertThat(again.nextId()).isEqualTo(4);
  }

  @Test
  void survivesACutAtEveryByte() throws IOException {
    OutboxLog log = open();
    List<Integer> ends = new ArrayList<>();
    for (int id = 1; id <= 6; id++) {
      log.put(Messages.kept(id, "topic", 10 * id));
      ends.add(bytes().length);
    }
    log.remove(2);
    ends.add(bytes().length);
    byte[] all = bytes();
    for (int cut = 0; cut <= all.length; cut++) {
      store.replace(store.names().get(0), Arrays.copyOf(all, cut));
      List<Long> whole = new ArrayList<>();
      for (int id = 1; id <= 6; id++) {
        if (ends.get(id - 1) <= cut && !(id == 2 && cut == all.length)) {
          whole.add((long) id);
        }
      }
      assertThat(ids(new OutboxLog(store, new Random(2)).recover()))
          .as("cut at %d", cut)
          .isEqualTo(whole);
    }
  }

  @Test
  void losesNothingButTheDamagedEntry() throws IOException {
    OutboxLog log = open();
    List<Integer> ends = new ArrayList<>(List.of(0));
    for (int id = 1; id <= 4; id++) {
      log.put(Messages.kept(id, "topic", 20));
      ends.add(bytes().length);
    }
    byte[] all = bytes();
    for (int at = 0; at < all.length; at++) {
      byte[] damaged = all.clone();
      damaged[at] ^= 0x40;
      store.replace(store.names().get(0), damaged);
      int position = at;
      List<Long> others = new ArrayList<>(List.of(1L, 2L, 3L, 4L));
      others.removeIf(
          id -> ends.get(id.intValue() - 1) <= position && position < ends.get(id.intValue()));
      OutboxLog.Recovery found = new OutboxLog(store, new Random(3)).recover();
      assertThat(ids(found)).as("damage at %d", at).isEqualTo(others);
      assertThat(found.damaged()).isEqualTo((long) ends.get(1));
    }
  }

  @Test
  void takesNoPayloadForAnEntry() throws IOException {
    OutboxLog log = open();
    byte[] forged = LogRecord.encode(Messages.kept(77, "forged", 3), 0);
    log.put(new OutMessage(1, "topic", forged, Quality.AT_LEAST_ONCE, 0));
    byte[] damaged = bytes();
    damaged[0] ^= 1;
    store.replace(store.names().get(0), damaged);
    assertThat(new OutboxLog(store, new Random(2)).recover().messages()).isEmpty();
  }

  @Test
  void deletesWhatIsDoneWithAndBoundsTheRest() throws IOException {
    OutboxLog log = open();
    log.put(Messages.kept(log.nextId(), "stays", 1000));
    for (int i = 0; i < 2000; i++) {
      OutMessage message = Messages.kept(log.nextId(), "passes", 20_000);
      log.put(message);
      log.remove(message.id());
      assertThat(log.size()).isLessThan(OutboxLog.SLACK + 2 * OutboxLog.SEGMENT);
    }
    assertThat(store.names()).hasSizeLessThan(8);
    assertThat(ids(new OutboxLog(store, new Random(2)).recover())).containsExactly(1L);
  }

  @Test
  void namesTheSegmentsThatAPowerCutCouldHurt() throws IOException {
    OutboxLog log = open();
    assertThat(log.takeUnsynced()).isEmpty();
    log.put(Messages.kept(1, "a", 10));
    assertThat(log.takeUnsynced()).isEqualTo(store.names());
    assertThat(log.takeUnsynced()).isEmpty();
    log.put(Messages.kept(2, "a", 10));
    log.remove(1);
    log.remove(2);
    assertThat(log.takeUnsynced()).as("nothing waits").isEmpty();
  }

  @Test
  void leavesAloneWhatItCannotRead() throws IOException {
    OutboxLog log = open();
    log.put(Messages.kept(1, "a", (int) OutboxLog.SEGMENT));
    log.put(Messages.kept(2, "a", 10));
    String unreadable = store.names().get(0);
    SegmentStore failing =
        new MemorySegments() {
          @Override
          public byte[] read(String name) throws IOException {
            if (name.equals(unreadable)) {
              throw new IOException("bad sector");
            }
            return super.read(name);
          }
        };
    store.files.forEach((name, bytes) -> ((MemorySegments) failing).files.put(name, bytes));
    OutboxLog next = new OutboxLog(failing, new Random(4));
    OutboxLog.Recovery found = next.recover();
    assertThat(found.unreadable()).containsExactly(unreadable);
    assertThat(ids(found)).containsExactly(2L);
    next.remove(2);
    next.put(Messages.kept(next.nextId(), "a", 10));
    assertThat(failing.names()).contains(unreadable);
  }

  @Test
  void aDiskThatIsFullForLongLeavesNoFilesBehind() throws IOException {
    boolean[] full = {true};
    MemorySegments disk =
        new MemorySegments() {
          @Override
          public void append(String name, byte[] bytes) throws IOException {
            if (full[0]) {
              super.append(name, Arrays.copyOf(bytes, 5));
              throw new IOException("no space left");
            }
            super.append(name, bytes);
          }
        };
    OutboxLog log = new OutboxLog(disk, new Random(1));
    log.recover();
    for (int id = 1; id <= 100; id++) {
      OutMessage message = Messages.kept(id, "a", 10);
      assertThatThrownBy(() -> log.put(message)).hasMessage("no space left");
    }
    full[0] = false;
    log.put(Messages.kept(101, "a", 10));
    assertThat(disk.names()).hasSize(1);
    assertThat(ids(new OutboxLog(disk, new Random(2)).recover())).containsExactly(101L);
  }

  @Test
  void takesNothingBeforeItHasRecovered() {
    OutboxLog log = new OutboxLog(store, new Random(1));
    assertThatThrownBy(() -> log.put(Messages.kept(1, "a", 1))).isInstanceOf(IOException.class);
  }

  private OutboxLog open() throws IOException {
    OutboxLog log = new OutboxLog(store, new Random(1));
    log.recover();
    return log;
  }

  private byte[] bytes() {
    return store.bytes(store.names().get(0));
  }

  private static List<Long> ids(OutboxLog.Recovery found) {
    return found.messages().stream().map(OutMessage::id).toList();
  }
}

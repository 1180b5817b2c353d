package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.Marks;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  private static final EpochSchedule SCHEDULE = Network.SCHEDULE;
  private static final EvmAddress NODE = new TestKey(1).evmAddress();
  private static final EvmAddress OTHER = new TestKey(2).evmAddress();

  @TempDir Path folder;

  @Test
  void aStopWritesWhatNoFlushHasWrittenYet() {
    Ledger ledger = opened();
    Marks.mark(ledger.book(), 0, 60, NODE, 7);
    ledger.close();
    assertThat(slots(opened(), 0, NODE)).containsExactly(7);
  }

  @Test
  void aFlushComesTwiceASlotAndACrashAfterItForgetsNothingBeforeIt() throws Exception {
    Ledger ledger = opened();
    ledger.flush(SCHEDULE, Network.at(0, 0));
    Marks.mark(ledger.book(), 0, 60, NODE, 0);
    ledger.flush(SCHEDULE, Network.at(0, 249));
    assertThat(afterCrash().presence(0)).as("still the same half of the slot").isEmpty();
    ledger.flush(SCHEDULE, Network.at(0, 250));
    assertThat(slots(afterCrash(), 0, NODE)).containsExactly(0);
    Marks.mark(ledger.book(), 0, 60, NODE, 1);
    Marks.mark(ledger.book(), 0, 60, OTHER, 0);
    ledger.flush(SCHEDULE, Network.at(0, 500));
    assertThat(slots(afterCrash(), 0, NODE)).containsExactly(0, 1);
    assertThat(slots(afterCrash(), 0, OTHER)).containsExactly(0);
    ledger.close();
  }

  @Test
  void beatsBeforeTheFileIsOpenAreAddedToWhatIsInIt() {
    Ledger old = opened();
    Marks.mark(old.book(), 3, 60, NODE, 1);
    Ledger next = new Ledger(folder.resolve("slots.mv"), 16);
    Marks.mark(next.book(), 3, 60, NODE, 2);
    assertThatThrownBy(next::open).isInstanceOf(R1Exception.class);
    Marks.mark(old.book(), 3, 60, NODE, 3);
    old.close();
    next.open();
    assertThat(slots(next, 3, NODE)).containsExactly(1, 2, 3);
    next.close();
    assertThat(slots(opened(), 3, NODE)).containsExactly(1, 2, 3);
  }

  @Test
  void freezingIsDurableFinalAndIdempotent() throws Exception {
    Ledger ledger = opened();
    Marks.mark(ledger.book(), 0, 60, NODE, 7);
    Map<EvmAddress, Presence> frozen = ledger.freeze(0);
    assertThat(frozen.get(NODE).value()).isEqualTo(255 / 60);
    assertThat(Marks.mark(ledger.book(), 0, 60, NODE, 8)).isFalse();
    assertThat(ledger.freeze(0)).isEqualTo(frozen);
    Ledger crashed = afterCrash();
    assertThat(crashed.presence(0)).isEqualTo(frozen);
    assertThat(Marks.mark(crashed.book(), 0, 60, NODE, 9)).isFalse();
    assertThat(crashed.freeze(0)).isEqualTo(frozen);
    ledger.freeze(1);
    assertThat(ledger.presence(0)).as("from disk").isEqualTo(frozen);
    ledger.close();
  }

  @Test
  void keepsTheLastEpochsAndForgetsTheRest() {
    Ledger ledger = new Ledger(folder.resolve("slots.mv"), 9);
    ledger.open();
    for (long epoch = 0; epoch < 30; epoch++) {
      for (int slot = 0; slot < 60; slot++) {
        Marks.mark(ledger.book(), epoch, 60, NODE, slot);
        ledger.flush(SCHEDULE, Network.at(epoch, slot * 500L + 250));
      }
      if (epoch % 2 == 0) {
        ledger.freeze(epoch);
      }
    }
    assertThat(ledger.presence(19)).isEmpty();
    for (long epoch = 20; epoch < 30; epoch++) {
      assertThat(ledger.presence(epoch).get(NODE).value()).isEqualTo(255);
    }
    ledger.close();
  }

  @Test
  void freezesNothingWhileTheFileIsNotOpen() {
    Ledger ledger = new Ledger(folder.resolve("slots.mv"), 16);
    assertThatThrownBy(() -> ledger.freeze(0))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(Codes.NOT_OPEN));
    ledger.open();
    assertThat(ledger.freeze(0)).isEmpty();
    ledger.close();
    ledger.close();
  }

  private Ledger opened() {
    Ledger ledger = new Ledger(folder.resolve("slots.mv"), 16);
    ledger.open();
    return ledger;
  }

  private Ledger afterCrash() throws IOException {
    Path copy = Files.createTempFile(folder, "crashed", ".mv");
    Files.copy(folder.resolve("slots.mv"), copy, StandardCopyOption.REPLACE_EXISTING);
    Ledger crashed = new Ledger(copy, 16);
    crashed.open();
    return crashed;
  }

  private static Iterable<Integer> slots(Ledger ledger, long epoch, EvmAddress node) {
    return ledger.presence(epoch).get(node).present().stream().boxed().toList();
  }
}

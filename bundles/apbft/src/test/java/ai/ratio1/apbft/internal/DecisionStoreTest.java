package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionStoreTest {

  private static final int RETAINED = 3;

  @TempDir Path folder;

  @Test
  void keepsVotesUntilTheSlotIsDecided() {
    LogEntry view = new LogEntry.Entered(4, true);
    LogEntry lock =
        new LogEntry.LockedValue(
            new ValueLock(3, Bytes32.ZERO, 0, List.of()), Octets.of(new byte[] {1, 2}));
    DurableStore file = open();
    DecisionStore store = new DecisionStore(file, RETAINED);
    store.write(slot(1, 7), view);
    store.write(slot(1, 7), lock);
    store.write(slot(1, 70), view);
    assertThat(store.urgent()).isTrue();
    file.commit();
    store.flushed();
    assertThat(store.urgent()).isFalse();
    file.close();

    file = open();
    store = new DecisionStore(file, RETAINED);
    assertThat(store.entries(slot(1, 7))).containsExactlyInAnyOrder(view, lock);
    assertThat(store.entries(slot(1, 70))).containsExactly(view);
    assertThat(store.entries(slot(2, 7))).isEmpty();
    store.write(slot(1, 7), decided(slot(1, 7)));
    assertThat(store.entries(slot(1, 7))).containsExactly(decided(slot(1, 7)));
    assertThat(store.entries(slot(1, 70))).as("another slot").containsExactly(view);
    file.close();
  }

  @Test
  void forgetsTheOldestDecisionsAndRemembersThatItDid() {
    DurableStore file = open();
    DecisionStore store = new DecisionStore(file, RETAINED);
    for (int sequence = 0; sequence < 3; sequence++) {
      store.write(slot(1, sequence), decided(slot(1, sequence)));
    }
    assertThat(store.floor(topic(1))).isZero();
    store.write(slot(2, 0), decided(slot(2, 0)));
    store.write(slot(2, 1), decided(slot(2, 1)));
    file.commit();
    file.close();

    file = open();
    store = new DecisionStore(file, RETAINED);
    assertThat(store.decision(slot(1, 1))).isEmpty();
    assertThat(store.decision(slot(1, 2))).isPresent();
    assertThat(store.floor(topic(1))).isEqualTo(2);
    assertThat(store.floor(topic(2))).isZero();
    store.write(slot(2, 2), decided(slot(2, 2)));
    assertThat(store.floor(topic(1))).isEqualTo(3);
    file.close();
  }

  private DurableStore open() {
    return DurableStore.open(folder.resolve("rounds.mv"), Duration.ofSeconds(1));
  }

  private static LogEntry decided(Slot slot) {
    Header header = new Header(Bytes32.ZERO, 0, TestNode.KEYS.address(0));
    Octets value = Octets.of(new byte[] {(byte) slot.sequence()});
    DecisionCert cert = new DecisionCert(header, slot, 0, value, 0, List.of());
    return new LogEntry.Concluded(new Signed<>(cert, Octets.of(new byte[65])));
  }

  private static Slot slot(int topic, long sequence) {
    return new Slot(topic(topic), sequence);
  }

  private static Bytes32 topic(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return Bytes32.of(bytes);
  }
}

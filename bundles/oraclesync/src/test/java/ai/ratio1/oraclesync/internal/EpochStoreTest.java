package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.oraclesync.internal.core.EpochCodec;
import ai.ratio1.oraclesync.internal.core.OwnView;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.OutcomeRule;
import ai.ratio1.outcome.Sample;
import ai.ratio1.outcome.Verdict;
import ai.ratio1.outcome.VoidRule;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochStoreTest {

  @TempDir Path folder;

  @Test
  void aCopyTakenAtAnyMomentHoldsAWholeEpochOrNone() throws Exception {
    Path file = folder.resolve("epochs.mv");
    try (EpochStore store = EpochStore.open(file, Duration.ZERO, 100)) {
      for (long epoch = 0; epoch < 5; epoch++) {
        certify(store, epoch);
        Path copy = folder.resolve("crash-" + epoch + ".mv");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (EpochStore crashed = EpochStore.open(copy, Duration.ZERO, 100)) {
          assertThat(crashed.newest().epoch()).isEqualTo(epoch);
          assertThat(crashed.newest().rewards().root()).isEqualTo(store.newest().rewards().root());
        }
      }
    }
  }

  @Test
  void forgetsOldEpochsAndWhatTheyHandedOn() {
    try (EpochStore store = EpochStore.open(folder.resolve("e.mv"), Duration.ZERO, 16)) {
      for (long epoch = 0; epoch < 30; epoch++) {
        certify(store, epoch);
        store.setRecorded(epoch - 3);
      }
      assertThat(store.certified(13)).isEmpty();
      assertThat(store.cumulative(13)).isEmpty();
      assertThat(store.certified(14)).isPresent();
      assertThat(store.state(24)).isPresent();
      assertThat(store.cumulative(26)).isPresent();
      assertThat(store.pending(29)).isEmpty();
    }
  }

  @Test
  void keepsSevenCertifiedEpochsHoweverManyWereVoidedSince() {
    try (EpochStore store = EpochStore.open(folder.resolve("e.mv"), Duration.ZERO, 16)) {
      for (long epoch = 0; epoch < 9; epoch++) {
        certify(store, epoch);
      }
      for (long epoch = 9; epoch < 60; epoch++) {
        PendingEpoch pending = new PendingEpoch(Sample.ended(epoch, 4, 4), OwnView.BLIND);
        store.settle(
            pending,
            new Verdict.VoidedByGovernance(Sample.hash("void " + epoch)),
            new byte[0],
            VoidRule.byGovernance(store.newest().state()));
      }
      assertThat(store.newestCertified())
          .extracting(record -> record.ended().epoch())
          .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L);
      assertThat(store.certified(1)).isEmpty();
    }
  }

  @Test
  void undoesEpochsAndKnowsWhatItKnewBefore() {
    Path file = folder.resolve("e.mv");
    CumulativeRewards before;
    try (EpochStore store = EpochStore.open(file, Duration.ZERO, 16)) {
      certify(store, 0);
      certify(store, 1);
      store.setRecorded(1);
      before = store.newest().rewards();
      for (long epoch = 2; epoch < 6; epoch++) {
        certify(store, epoch);
      }
      store.rewind(2);
      assertThat(store.newest().epoch()).isOne();
      assertThat(store.newestKnown()).isEqualTo(5);
      assertThat(store.certified(2)).isEmpty();
      assertThat(store.pending(2).orElseThrow().view().table()).isEmpty();
    }
    try (EpochStore again = EpochStore.open(file, Duration.ZERO, 16)) {
      assertThat(again.newest().rewards().root()).isEqualTo(before.root());
      certify(again, 2);
    }
  }

  @Test
  void epochsAreCertifiedStrictlyInOrder() {
    try (EpochStore store = EpochStore.open(folder.resolve("e.mv"), Duration.ZERO, 16)) {
      assertThatThrownBy(() -> certify(store, 1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesAStateThatIsNotTheCertifiedOne() {
    Path file = folder.resolve("e.mv");
    try (EpochStore store = EpochStore.open(file, Duration.ZERO, 16)) {
      certify(store, 0);
    }
    try (DurableStore raw = DurableStore.open(file, Duration.ZERO)) {
      raw.<Long, byte[]>map("cumulative").put(0L, EpochCodec.encode(CumulativeRewards.none()));
    }
    assertThatThrownBy(() -> EpochStore.open(file, Duration.ZERO, 16))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(Codes.STORE));
    assertThatThrownBy(() -> EpochStore.open(file, Duration.ZERO, 16))
        .as("the refusal released the file")
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(Codes.STORE));
  }

  private static void certify(EpochStore store, long epoch) {
    PendingEpoch pending = new PendingEpoch(Sample.ended(epoch, 4, 4), OwnView.BLIND);
    store.addPending(pending);
    int[] table = {255, 255, 255, (int) epoch};
    AgreedEpoch agreed =
        OutcomeRule.agree(
            pending.ended(), store.newest().state(), Sample.observations(table, table, table));
    Verdict verdict =
        new Verdict.Certified(new SignedCertificate(agreed.outcome(), 0, 7, List.of()));
    store.settle(pending, verdict, agreed.table(), agreed.state());
  }
}

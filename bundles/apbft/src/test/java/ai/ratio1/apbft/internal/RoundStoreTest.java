package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoundStoreTest {

  private static final Octets SIGNATURE = Octets.of(new byte[65]);

  @TempDir Path folder;

  @Test
  void remembersEntriesOfAnEpochAcrossARestart() {
    try (RoundStore store = open(100)) {
      store.write(5, new LogEntry.Entered(1, true));
      store.write(5, new LogEntry.Entered(2, true));
      store.write(15, new LogEntry.Entered(9, true));
      store.write(5, new LogEntry.Said(statement(5, 1)));
      assertThat(store.urgent()).isTrue();
      store.flush();
      assertThat(store.urgent()).isFalse();
    }
    try (RoundStore store = open(100)) {
      assertThat(store.entries(5))
          .containsExactlyInAnyOrder(
              new LogEntry.Entered(2, true), new LogEntry.Said(statement(5, 1)));
      assertThat(store.entries(1)).isEmpty();
    }
  }

  @Test
  void whatPeersSaidIsNotWorthAWriteOfItsOwn() {
    try (RoundStore store = open(100)) {
      store.write(5, new LogEntry.Heard(statement(5, 1), false));
      assertThat(store.urgent()).isFalse();
    }
  }

  @Test
  void aCertificateReplacesVotesButNotEvidence() {
    try (RoundStore store = open(100)) {
      store.write(5, new LogEntry.Said(statement(5, 1)));
      LogEntry evidence =
          new LogEntry.Accused(sign(new Evidence(header(5), statement(5, 1), statement(5, 2))));
      store.write(5, evidence);
      LogEntry.Certified certified = new LogEntry.Certified(cert(5));
      store.write(5, certified);
      assertThat(store.entries(5)).containsExactlyInAnyOrder(evidence, certified);
      assertThat(store.certificate(5)).contains(cert(5));
      assertThat(store.evidence())
          .containsExactly(((LogEntry.Accused) evidence).evidence().message());
    }
  }

  @Test
  void revealsStayWithTheCertificateAndGoWithIt() {
    try (RoundStore store = open(2)) {
      Signed<ObsReveal> own = reveal(5, 1);
      Signed<ObsReveal> other = reveal(5, 2);
      store.write(5, new LogEntry.Said(own));
      store.write(5, new LogEntry.Heard(other, false));
      store.write(5, new LogEntry.Said(statement(5, 1)));
      store.write(6, new LogEntry.Heard(reveal(6, 3), false));
      assertThat(store.reveals(5)).containsExactlyInAnyOrder(own, other);
      store.write(5, new LogEntry.Certified(cert(5)));
      assertThat(store.reveals(5)).containsExactlyInAnyOrder(own, other);
      assertThat(store.entries(5)).containsExactly(new LogEntry.Certified(cert(5)));
      store.write(8, new LogEntry.Certified(cert(8)));
      assertThat(store.reveals(5)).isEmpty();
      assertThat(store.reveals(6)).hasSize(1);
    }
  }

  private static Signed<ObsReveal> reveal(long epoch, int oracle) {
    byte[] address = new byte[20];
    address[0] = (byte) oracle;
    Bytes32 hash = TableBytes.hash(address);
    return sign(
        new ObsReveal(
            new Header(header(epoch).configDigest(), epoch, EvmAddress.of(address)),
            hash,
            ObsReveal.rawCid(hash),
            10,
            hash,
            hash));
  }

  @Test
  void prunesWhatIsOlderThanTheRetainedEpochs() {
    try (RoundStore store = open(16)) {
      byte[] old = {1};
      byte[] shared = {2};
      store.keep(0, TableBytes.hash(old), old);
      store.keep(0, TableBytes.hash(shared), shared);
      store.write(0, new LogEntry.Certified(cert(0)));
      store.write(1, new LogEntry.Entered(3, true));
      store.keep(20, TableBytes.hash(shared), shared);
      assertThat(store.table(TableBytes.hash(old))).isPresent();
      store.write(20, new LogEntry.Certified(cert(20)));
      assertThat(store.oldest()).isEqualTo(4);
      assertThat(store.certificate(0)).isEmpty();
      assertThat(store.entries(1)).isEmpty();
      assertThat(store.table(TableBytes.hash(old))).isEmpty();
      assertThat(store.table(TableBytes.hash(shared))).contains(shared);
    }
  }

  @Test
  void tellsEveryCertificateOldestFirst() {
    try (RoundStore store = open(100)) {
      for (long epoch : new long[] {7, 3, 100_000}) {
        store.write(epoch, new LogEntry.Certified(cert(epoch)));
      }
      List<Long> epochs = new ArrayList<>();
      store.certificates(certificate -> epochs.add(certificate.outcome().epoch()));
      // The newest one pushed the others out of what is retained.
      assertThat(epochs).containsExactly(100_000L);
      store.write(100_003, new LogEntry.Certified(cert(100_003)));
      store.write(100_001, new LogEntry.Certified(cert(100_001)));
      epochs.clear();
      store.certificates(certificate -> epochs.add(certificate.outcome().epoch()));
      assertThat(epochs).containsExactly(100_000L, 100_001L, 100_003L);
    }
  }

  @Test
  void knowsTheOraclesOfAConfigurationAndItsNetwork() {
    OracleSet set = TestNode.ORACLES;
    try (RoundStore store = open(100)) {
      store.remember(set);
      assertThat(store.belongsTo(Bytes32.ZERO)).isTrue();
    }
    try (RoundStore store = open(100)) {
      assertThat(store.oracles(set.configDigest())).isEqualTo(set.oracles());
      assertThat(store.oracles(Bytes32.ZERO)).isEmpty();
      assertThat(store.belongsTo(Bytes32.ZERO)).isTrue();
      assertThat(store.belongsTo(set.configDigest())).isFalse();
    }
  }

  @Test
  void knowsWhereItStopped() {
    try (RoundStore store = open(100)) {
      assertThat(store.newest()).isEmpty();
      store.remember(new OracleSet(TestNode.ORACLES.oracles(), Bytes32.ZERO));
      store.write(7, new LogEntry.Certified(cert(7)));
      store.write(6, new LogEntry.Certified(cert(6)));
      assertThat(store.newest().orElseThrow().newest()).isEqualTo(7);
      assertThat(store.newest().orElseThrow().oracles().oracles())
          .isEqualTo(TestNode.ORACLES.oracles());
    }
  }

  private RoundStore open(int retained) {
    return new RoundStore(
        DurableStore.open(folder.resolve("rounds.mv"), Duration.ofSeconds(1)), retained);
  }

  private static Signed<ObsCommit> statement(long epoch, int self) {
    return sign(new ObsCommit(header(epoch), Bytes32.ZERO, self, 0));
  }

  private static Signed<Cert> cert(long epoch) {
    EpochOutcome outcome =
        new EpochOutcome(
            Bytes32.ZERO,
            epoch,
            0,
            0,
            0,
            0,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO);
    return sign(new Cert(header(epoch), 0, outcome, 1, List.of(SIGNATURE), List.of()));
  }

  private static <M extends Message> Signed<M> sign(M message) {
    return new Signed<>(message, SIGNATURE);
  }

  private static Header header(long epoch) {
    return new Header(Bytes32.ZERO, epoch, EvmAddress.ZERO);
  }
}

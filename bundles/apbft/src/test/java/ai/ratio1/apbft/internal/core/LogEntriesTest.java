package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogEntriesTest {

  private final Bench bench = new Bench();

  @Test
  void decodesWhatItEncoded() {
    for (LogEntry entry : entries()) {
      assertThat(LogEntries.decode(LogEntries.encode(entry))).isEqualTo(entry);
    }
  }

  @Test
  void everythingThatBindsThisOracleIsUrgent() {
    assertThat(entries().stream().filter(LogEntry::urgent).map(LogEntry::name))
        .containsExactly("sealed", "said-obs_commit", "said-prepare-4", "entered", "locked");
  }

  @Test
  void entriesThatMustNotReplaceEachOtherHaveDifferentNames() {
    List<String> names = entries().stream().map(LogEntry::name).toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    LogEntry other = new LogEntry.Said(bench.sign(0, prepare(5)));
    assertThat(names).doesNotContain(other.name());
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThatThrownBy(() -> LogEntries.decode(new byte[] {99}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<LogEntry> entries() {
    Signed<ObsCommit> own = bench.sign(0, bench.commit(5, 0));
    Inputs inputs = new Inputs(0b101, List.of(Bytes32.ZERO, Bench.CONFIG));
    Octets signature = own.signature();
    Lock lock = new Lock(3, inputs, Bench.DOMAIN, 0b11, List.of(signature, signature));
    Signed<ObsCommit> other = bench.sign(1, new ObsCommit(bench.header(5, 1), Bytes32.ZERO, 0, 0));
    Signed<ObsCommit> first = bench.sign(1, bench.commit(5, 1));
    Evidence evidence = new Evidence(bench.header(5, 0), first, other);
    return List.of(
        new LogEntry.Sealed(Bench.CONFIG, Bench.DOMAIN, 4_000_000_000L),
        new LogEntry.Said(own),
        new LogEntry.Said(bench.sign(0, prepare(4))),
        new LogEntry.Heard(first, true),
        new LogEntry.Heard(bench.sign(2, bench.commit(5, 2)), false),
        new LogEntry.Entered(7, true),
        new LogEntry.Locked(lock),
        new LogEntry.Accused(bench.sign(0, evidence)));
  }

  private Prepare prepare(long view) {
    return new Prepare(bench.header(5, 0), view, Bytes32.ZERO, Bytes32.ZERO);
  }
}

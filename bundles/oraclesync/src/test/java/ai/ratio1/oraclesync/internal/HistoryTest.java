package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.oraclesync.internal.core.AgreedBytes;
import ai.ratio1.outcome.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final EvmAddress OLD = Sample.node(1);
  private static final EvmAddress LATE = Sample.node(2);
  private static final EvmAddress NEVER = Sample.node(3);

  private final Map<Long, AgreedBytes> epochs =
      Map.of(
          4L, new AgreedBytes(Map.of(OLD, 255), false),
          5L, new AgreedBytes(Map.of(OLD, 250), true),
          6L, new AgreedBytes(Map.of(LATE, 7), false));
  private final History history =
      new History((epoch, nodes) -> Optional.ofNullable(epochs.get(epoch)));

  @Test
  void fillsEpochsWithoutARowWithZeros() {
    AvailabilityHistory read = history.read(Set.of(OLD, LATE, NEVER), 4, 6).orElseThrow();
    assertThat(read.values())
        .containsOnly(Map.entry(OLD, List.of(255, 250, 0)), Map.entry(LATE, List.of(0, 0, 7)));
    assertThat(read.voided()).containsExactly(5L);
    assertThat(read.of(LATE, 6)).isEqualTo(7);
    assertThat(read.of(NEVER, 6)).isZero();
  }

  @Test
  void knowsNothingOfARangeWithAHole() {
    assertThat(history.read(Set.of(OLD), 3, 6)).isEmpty();
    assertThat(history.read(Set.of(OLD), 4, 7)).isEmpty();
    assertThat(history.read(Set.of(OLD), 4, 6)).isPresent();
  }
}

package ai.ratio1.oraclesync.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.Sample;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnViewTest {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final EvmAddress SELF = Sample.node(1);

  private final EndedEpoch epoch = Sample.ended(0, 4, 3);

  @Test
  void writesOneBytePerRowInTheOrderOfTheRows() {
    OwnView view =
        OwnView.of(
            epoch,
            Map.of(Sample.node(2), seen(60), SELF, seen(30), Sample.node(77), seen(60)),
            SELF,
            Duration.ofMillis(-40),
            LIMIT);
    assertThat(view.table())
        .hasValueSatisfying(
            table -> assertThat(table).containsExactly((byte) 0, (byte) 127, (byte) 255));
    assertThat(view.selfAvailability()).isEqualTo(127);
    assertThat(view.clockOffsetMillis()).isEqualTo(-40);
  }

  @Test
  void vouchesForNothingWhenItSawNobody() {
    assertThat(OwnView.of(epoch, Map.of(), SELF, Duration.ZERO, LIMIT).table()).isEmpty();
  }

  @Test
  void vouchesForNothingWhenItsClockIsOff() {
    Map<EvmAddress, Presence> all = Map.of(SELF, seen(60));
    assertThat(OwnView.of(epoch, all, SELF, Duration.ofSeconds(2), LIMIT).table()).isPresent();
    assertThat(OwnView.of(epoch, all, SELF, Duration.ofMillis(2001), LIMIT).table()).isEmpty();
    assertThat(OwnView.of(epoch, all, SELF, Duration.ofMillis(-2001), LIMIT).table()).isEmpty();
  }

  @Test
  void keepsAnAbsurdClockOffsetInsideItsField() {
    OwnView view = OwnView.of(epoch, Map.of(), SELF, Duration.ofDays(9), LIMIT);
    assertThat(view.clockOffsetMillis()).isEqualTo(Short.MAX_VALUE);
  }

  @Test
  void aSilentViewOffersZeros() {
    OwnView silent = OwnView.of(epoch, Map.of(), SELF, Duration.ZERO, LIMIT).silent(3);
    assertThat(silent.table())
        .hasValueSatisfying(table -> assertThat(table).containsOnly(0).hasSize(3));
  }

  private static Presence seen(int slots) {
    BitSet bits = new BitSet();
    bits.set(0, slots);
    return new Presence(bits, 60);
  }
}

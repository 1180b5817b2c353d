package ai.ratio1.wire.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LeaderOrderTest {

  @Property(tries = 200)
  void everybodyHasOneTurnWhateverTheWeights(
      @ForAll @Size(min = 4, max = 31) List<@IntRange(max = 65_536) Integer> weights,
      @ForAll long seed) {
    assertThat(LeaderOrder.of(beacon(seed), weights))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, weights.size()).boxed().toList());
  }

  @Test
  void theOrderOfAKnownBeaconIsFixedForEver() {
    List<Integer> equal = Collections.nCopies(4, LeaderOrder.FULL_WEIGHT);
    assertThat(LeaderOrder.of(Bytes32.ZERO, equal)).isEqualTo(GOLDEN);
  }

  @Test
  void equalWeightsLeadEquallyOften() {
    int[] first = new int[7];
    for (int seed = 0; seed < 7_000; seed++) {
      List<Integer> equal = Collections.nCopies(7, LeaderOrder.FULL_WEIGHT);
      first[LeaderOrder.of(beacon(seed), equal).get(0)]++;
    }
    assertThat(Arrays.stream(first).boxed().toList())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void aTenthOfTheWeightLeadsFirstATenthAsOften() {
    List<Integer> weights = List.of(65_536, 6_554, 65_536, 65_536);
    int light = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      light += LeaderOrder.of(beacon(seed), weights).get(0) == 1 ? 1 : 0;
    }
    assertThat(light).isBetween(100, 230);
  }

  @Test
  void whoIsBarredHasNoTurnAndChangesNobodyElses() {
    List<EvmAddress> addresses =
        IntStream.range(1, 5).mapToObj(i -> EvmAddress.parse("0x" + ("0" + i).repeat(20))).toList();
    OracleSet oracles = new OracleSet(addresses, Bytes32.ZERO, 0b0010);
    assertThat(LeaderOrder.of(oracles, Bytes32.ZERO, List.of())).containsExactly(0, 3, 2);
  }

  private static Bytes32 beacon(long seed) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).putLong(seed);
    return Keccak256.of(bytes);
  }

  private static final List<Integer> GOLDEN = List.of(0, 1, 3, 2);
}

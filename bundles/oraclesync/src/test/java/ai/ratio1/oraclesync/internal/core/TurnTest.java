package ai.ratio1.oraclesync.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.outcome.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TurnTest {

  @Property(tries = 100)
  void everyOracleHasAStageOfItsOwn(@ForAll long seed, @ForAll @IntRange(min = 4, max = 31) int n) {
    List<EvmAddress> oracles = Sample.oracles(n).oracles();
    Bytes32 outcome = Sample.hash("outcome " + seed);
    assertThat(oracles.stream().map(oracle -> Turn.of(oracles, outcome, oracle)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, n).boxed().toList());
    assertThat(Turn.of(oracles, outcome, Sample.node(500))).isEqualTo(n);
  }

  @Example
  void theFirstTurnGoesRound() {
    List<EvmAddress> oracles = Sample.oracles(4).oracles();
    Set<Integer> first = new HashSet<>();
    for (int epoch = 0; epoch < 40; epoch++) {
      Bytes32 outcome = Sample.hash("outcome " + epoch);
      for (int i = 0; i < 4; i++) {
        if (Turn.of(oracles, outcome, oracles.get(i)) == 0) {
          first.add(i);
        }
      }
    }
    assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3);
  }
}

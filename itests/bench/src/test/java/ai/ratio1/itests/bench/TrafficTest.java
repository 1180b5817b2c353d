package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.StartedEngine;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {

  private static final int NODES = 3;
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @ValueSource(strings = {"java", "native"})
  void isCountedInFullByTheOracleAndPassesTheBareLoop(String engine) {
    try (Curve curve = StartedEngine.of(engine)) {
      Signatures signatures = new CurveSignatures(curve, 64, 1);
      Traffic traffic = Traffic.compose(curve, NODES, ROUNDS);
      Oracle oracle = new Oracle(signatures, traffic.nodes());
      BareLoop bare = new BareLoop(signatures);
      traffic.rounds().forEach(oracle::hear);
      traffic.rounds().forEach(bare::hear);
      assertThat(oracle.counted()).isEqualTo(NODES * ROUNDS);
    }
  }

  @Test
  void isTheSameWhateverEngineSigned() {
    try (Curve java = StartedEngine.of("java");
        Curve fast = StartedEngine.of("native")) {
      assertThat(Traffic.compose(java, 1, 1).rounds().get(0).get(0).payload())
          .isEqualTo(Traffic.compose(fast, 1, 1).rounds().get(0).get(0).payload());
    }
  }

  @Test
  void aRefusalEndsTheBenchmark() {
    try (Curve curve = StartedEngine.of("java")) {
      Signatures signatures = new CurveSignatures(curve, 64, 1);
      Traffic traffic = Traffic.compose(curve, 1, 1);
      Oracle oracle = new Oracle(signatures, Set.of());
      assertThatThrownBy(() -> oracle.hear(traffic.rounds().get(0)))
          .hasMessageContaining("UNLICENSED");
    }
  }
}

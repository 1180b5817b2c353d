package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.network.Disturbance.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScriptTest {

  private static final Duration EPOCH = Duration.ofSeconds(12);
  private static final List<String> ORACLES = List.of("oracle-2", "oracle-3");

  @Test
  void aSeedDrawsOneScript() {
    assertThat(draw(5)).isEqualTo(draw(5)).isNotEqualTo(draw(6));
    assertThat(draw(5).toString()).startsWith("seed 5\n").contains("oracle-2");
  }

  @Test
  void disturbancesOfALinkFollowEachOtherAndAreOfEveryKind() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (long seed = 0; seed < 50; seed++) {
      Map<String, Duration> until = new HashMap<>();
      for (Disturbance disturbance : draw(seed).disturbances()) {
        Duration before = until.put(disturbance.node(), disturbance.until());
        assertThat(disturbance.from())
            .isGreaterThanOrEqualTo(before == null ? Duration.ZERO : before);
        assertThat(disturbance.until()).isGreaterThan(disturbance.from());
        kinds.add(disturbance.kind());
      }
      assertThat(until.keySet()).containsAll(ORACLES);
    }
    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void whatNobodyCanHaveHeardCountsAgainstANodeAndWhatMayHaveBeenMissedExcusesIt() {
    FaultScript script = new FaultScript(0, List.of(disturbance(Kind.STALL, 3, 9)));
    assertThat(Availability.of(script, "edge-1", Duration.ZERO, 12, Duration.ofSeconds(8)))
        .isEqualTo(new Availability(12, 11, 4));
    assertThat(Availability.of(script, "edge-1", EPOCH, 12, Duration.ofSeconds(8)))
        .as("it comes back in the next epoch")
        .isEqualTo(new Availability(12, 7, 0));
    assertThat(Availability.of(script, "edge-2", Duration.ZERO, 12, Duration.ofSeconds(8)))
        .isEqualTo(new Availability(12, 0, 0));
  }

  @Test
  void aNodeThatNobodyDisturbedHasToBeThereButForTwoSlots() {
    Availability undisturbed = new Availability(12, 0, 0);
    assertThat(undisturbed.least(2)).as("ten slots of twelve").isEqualTo(212);
    assertThat(undisturbed.most()).isEqualTo(255);
    assertThat(new Availability(12, 12, 6).least(2)).isZero();
    assertThat(new Availability(12, 12, 6).most()).isEqualTo(127);
  }

  private static Disturbance disturbance(Kind kind, int from, int until) {
    return new Disturbance("edge-1", kind, Duration.ofSeconds(from), Duration.ofSeconds(until));
  }

  private static FaultScript draw(long seed) {
    return FaultScript.draw(seed, 4, EPOCH, ORACLES, "edge-1");
  }
}

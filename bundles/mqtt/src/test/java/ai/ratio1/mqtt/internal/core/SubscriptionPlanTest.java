package ai.ratio1.mqtt.internal.core;

import static ai.ratio1.transport.Quality.AT_LEAST_ONCE;
import static ai.ratio1.transport.Quality.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.mqtt.internal.core.SubscriptionPlan.Step;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionPlanTest {

  private final SubscriptionPlan plan = new SubscriptionPlan();

  @Test
  void tellsTheBrokerWhatChanged() {
    assertThat(plan.reconcile(Map.of("a", AT_LEAST_ONCE, "b", AT_LEAST_ONCE)))
        .containsExactlyInAnyOrder(new Step("a", AT_LEAST_ONCE), new Step("b", AT_LEAST_ONCE));
    assertThat(plan.reconcile(Map.of("a", AT_LEAST_ONCE, "b", AT_LEAST_ONCE))).isEmpty();
    assertThat(plan.reconcile(Map.of("a", EXACTLY_ONCE)))
        .containsExactlyInAnyOrder(new Step("b", null), new Step("a", EXACTLY_ONCE));
  }

  @Test
  void tellsTheNextBrokerEverything() {
    plan.reconcile(Map.of("a", AT_LEAST_ONCE));
    plan.reset();
    assertThat(plan.reconcile(Map.of("a", AT_LEAST_ONCE))).hasSize(1);
  }

  @Test
  void remembersRefusalsAndAsksAgain() {
    Map<String, ai.ratio1.transport.Quality> wanted = Map.of("a", AT_LEAST_ONCE, "b", EXACTLY_ONCE);
    plan.reconcile(wanted);
    assertThat(plan.answered("a", false)).isTrue();
    assertThat(plan.answered("a", false)).as("no news").isFalse();
    assertThat(plan.answered("b", true)).isFalse();
    assertThat(plan.answered("unwanted", false)).isFalse();
    assertThat(plan.refused()).containsExactly("a");
    plan.askAgain();
    assertThat(plan.reconcile(wanted)).containsExactly(new Step("a", AT_LEAST_ONCE));
    plan.answered("a", true);
    assertThat(plan.refused()).isEmpty();
    plan.answered("b", false);
    plan.reconcile(Map.of());
    assertThat(plan.refused()).isEmpty();
  }
}

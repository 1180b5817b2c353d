package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ratio1.apbft.internal.core.Settings;
import ai.ratio1.base.R1Exception;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  @Test
  void theDefaultsAreTheOnesForMqtt() {
    Options options = Options.of(TestConfig.with(Map.of()));
    assertThat(options.topic()).isEqualTo("naeural/apbft");
    assertThat(options.settings()).isEqualTo(Settings.DEFAULT);
    assertThat(options.retainedEpochs()).isEqualTo(4096);
  }

  @Test
  void refusesEveryNumberOutsideItsRangeByName() {
    List<String> checked = new ArrayList<>();
    for (Method method : ApbftConfig.class.getDeclaredMethods()) {
      if (method.getReturnType() != int.class) {
        continue;
      }
      String key = method.getName().replace('_', '.');
      checked.add(key);
      for (int wrong : new int[] {-1, Integer.MAX_VALUE}) {
        R1Exception refusal = refusal(Map.of(method.getName(), wrong));
        assertThat(refusal.code()).isEqualTo(Options.INVALID);
        assertThat(refusal).hasMessageContaining(key);
      }
    }
    assertThat(checked).hasSize(13);
  }

  @Test
  void refusesAViewTimeoutAboveItsMaximum() {
    assertThat(refusal(Map.of("view_timeout_ms", 9_000))).hasMessageContaining("view.timeout.ms");
  }

  @Test
  void refusesARootTopicThatIsNotOneLevel() {
    for (String wrong : List.of("", "a/b", "a+", "#", "a b")) {
      assertThat(refusal(Map.of("root_topic", wrong))).hasMessageContaining("root.topic");
    }
  }

  private static R1Exception refusal(Map<String, Object> changes) {
    return catchThrowableOfType(R1Exception.class, () -> Options.of(TestConfig.with(changes)));
  }
}

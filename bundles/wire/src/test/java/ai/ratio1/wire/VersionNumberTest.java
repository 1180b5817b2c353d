package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.Vectors.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VersionNumberTest {

  static List<Vector> vectors() {
    return Vectors.of("version");
  }

  @ParameterizedTest
  @MethodSource
  void vectors(Vector vector) {
    assertThat(VersionNumber.of(vector.in("version")))
        .isEqualTo(vector.expected().get("value").longValue());
  }

  @Test
  void endsAtTheFirstBadPartFromTheRight() {
    assertThat(VersionNumber.of("1.x.3")).isEqualTo(3);
    assertThat(VersionNumber.of("1..3")).isEqualTo(3);
    assertThat(VersionNumber.of("v2.10")).isEqualTo(10);
  }

  @Test
  void saturatesInsteadOfOverflowing() {
    assertThat(VersionNumber.of("9.9.9.9.9.9.9.9.9")).isEqualTo(Long.MAX_VALUE);
    assertThat(VersionNumber.of("999999999.0.0.0.0")).isEqualTo(Long.MAX_VALUE);
    assertThat(VersionNumber.of("1".repeat(65))).isZero();
  }
}

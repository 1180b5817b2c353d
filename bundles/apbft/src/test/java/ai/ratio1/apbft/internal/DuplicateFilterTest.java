package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DuplicateFilterTest {

  private final DuplicateFilter filter = new DuplicateFilter(1_000, 0);

  @Test
  void noticesWhatIsDeliveredTwice() {
    assertThat(filter.isNew(frame(1), 10)).isTrue();
    assertThat(filter.isNew(frame(2), 11)).isTrue();
    assertThat(filter.isNew(frame(1), 12)).isFalse();
    assertThat(filter.isNew(frame(1), 510)).as("across a rotation").isFalse();
  }

  @Test
  void letsThroughWhatIsSaidAgainLater() {
    assertThat(filter.isNew(frame(1), 0)).isTrue();
    assertThat(filter.isNew(frame(2), 600)).isTrue();
    assertThat(filter.isNew(frame(1), 1_200)).isTrue();
  }

  @Test
  void forgetsEverythingAfterALongSilence() {
    assertThat(filter.isNew(frame(1), 0)).isTrue();
    assertThat(filter.isNew(frame(1), 1_000_000)).isTrue();
  }

  @Test
  void aFloodMakesItForgetSoonerAndNeverGrow() {
    assertThat(filter.isNew(frame(0), 0)).isTrue();
    for (int i = 1; i <= 3 * 8192; i++) {
      assertThat(filter.isNew(frame(i), 1)).isTrue();
    }
    assertThat(filter.isNew(frame(0), 2)).isTrue();
    assertThat(filter.isNew(frame(3 * 8192), 2)).isFalse();
  }

  private static byte[] frame(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}

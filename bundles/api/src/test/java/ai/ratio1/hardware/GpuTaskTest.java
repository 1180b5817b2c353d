package ai.ratio1.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GpuTaskTest {

  @Test
  void keepsItsRanges() {
    assertThat(task(2048, 4, 16_384, 8, 1).walks()).isEqualTo(16_384);
    assertThat(task(2048, 1024, 4096, 64, Integer.MAX_VALUE).segments()).isEqualTo(64);
    refuses(2047, 4, 256, 8, 1);
    refuses(2048, 0, 256, 8, 1);
    refuses(2048, 1025, 256, 8, 1);
    refuses(2048, 4, 255, 8, 1);
    refuses(2048, 4, 0, 8, 1);
    refuses(2048, 4, -256, 8, 1);
    refuses(2048, 1024, 4352, 8, 1);
    refuses(2048, 4, 256, 0, 1);
    refuses(2048, 4, 256, 65, 1);
    refuses(2048, 4, 256, 8, 0);
  }

  private static void refuses(int table, int groups, int walks, int segments, int rounds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task(table, groups, walks, segments, rounds));
  }

  private static GpuTask task(int table, int groups, int walks, int segments, int rounds) {
    return new GpuTask(new long[table], new long[groups], walks, segments, rounds);
  }
}

package ai.ratio1.apbft.internal.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FramesTest {

  private static final Header HEADER = new Header(Bytes32.ZERO, 7, EvmAddress.ZERO);
  private static final Octets SIGNATURE = Octets.of(new byte[65]);

  @Test
  void refusesAnOversizedFrameBeforeReadingIt() {
    R1Exception refusal =
        catchThrowableOfType(
            R1Exception.class, () -> Frames.decode(new byte[Frames.MAX_LENGTH + 1]));
    assertThat(refusal.code()).isEqualTo(Frames.TOO_LONG);
  }

  @Test
  void theLargestHonestProposalFitsItsFrame() {
    int all = Integer.MAX_VALUE;
    Inputs inputs = new Inputs(all, Collections.nCopies(31, Bytes32.ZERO));
    List<Octets> quorum = Collections.nCopies(21, SIGNATURE);
    Lock lock = new Lock(3, inputs, Bytes32.ZERO, (1 << 21) - 1, quorum);
    NewView full = new NewView(HEADER, 4, inputs.tables(), Optional.of(lock));
    List<Signed<NewView>> parts =
        IntStream.range(0, 21).mapToObj(i -> new Signed<>(full, SIGNATURE)).toList();
    byte[] frame = Frames.encode(new Signed<>(new Propose(HEADER, 4, inputs, parts), SIGNATURE));
    assertThat(frame.length).isBetween(50_000, 90_000);
  }

  @Test
  void smallMessagesHaveTheirDocumentedSizes() {
    assertThat(size(new ViewWish(HEADER, 1))).isEqualTo(127);
    assertThat(size(new Prepare(HEADER, 1, Bytes32.ZERO, Bytes32.ZERO))).isEqualTo(191);
    assertThat(size(new ObsCommit(HEADER, Bytes32.ZERO, 1, -1))).isEqualTo(158);
  }

  @Test
  void refusesEvidenceThatIsNone() {
    Signed<?> one = new Signed<>(new Prepare(HEADER, 1, Bytes32.ZERO, Bytes32.ZERO), SIGNATURE);
    Signed<?> two = new Signed<>(new Prepare(HEADER, 2, Bytes32.ZERO, Bytes32.ZERO), SIGNATURE);
    assertThatThrownBy(() -> new Evidence(HEADER, one, two))
        .isInstanceOf(IllegalArgumentException.class);
    Signed<?> wish = new Signed<>(new ViewWish(HEADER, 1), SIGNATURE);
    assertThatThrownBy(() -> new Evidence(HEADER, wish, wish))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int size(Message message) {
    return Frames.encode(new Signed<>(message, SIGNATURE)).length;
  }
}

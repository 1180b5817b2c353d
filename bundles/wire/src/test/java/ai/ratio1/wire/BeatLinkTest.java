package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BeatLinkTest {

  private static final NodeAddress NODE = node(2);

  @Property
  void whatIsReadIsWhatWasWritten(
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long epoch,
      @ForAll @IntRange(min = 1) int number,
      @ForAll @Size(32) byte[] link) {
    byte[] frame = BeatLink.encode(NODE, epoch, number, link);
    BeatLink read = BeatLink.parse(frame).orElseThrow();
    assertThat(frame).hasSize(BeatLink.BYTES);
    assertThat(read.sender()).isEqualTo(NODE.text());
    assertThat(read.epoch()).isEqualTo(epoch);
    assertThat(read.number()).isEqualTo(number);
    assertThat(read.link()).isEqualTo(link);
  }

  @Property
  void noBytesDoHarm(@ForAll @Size(max = 100) byte[] frame) {
    BeatLink.parse(frame).ifPresent(link -> assertThat(link.number()).isPositive());
  }

  @Test
  void genuineMessagesAndCutOnesAreNone() {
    byte[] frame = BeatLink.encode(NODE, 7, 3, new byte[32]);
    assertThat(BeatLink.parse("{\"EE_SENDER\":\"x\"}".getBytes())).isEmpty();
    assertThat(BeatLink.parse(Arrays.copyOf(frame, frame.length - 1))).isEmpty();
    assertThat(BeatLink.parse(Arrays.copyOf(frame, frame.length + 1))).isEmpty();
    frame[1] = 4;
    assertThat(BeatLink.parse(frame)).isEmpty();
  }

  @Test
  void theBrokerTellsInWhoseNameItIs() {
    byte[] frame = BeatLink.encode(NODE, 7, 3, new byte[32]);
    ByteBuffer payload = ByteBuffer.wrap(frame);
    assertThat(BeatLink.isFrom(payload, NODE.text())).isTrue();
    assertThat(BeatLink.isFrom(payload, node(3).text())).isFalse();
    assertThat(BeatLink.isFrom(ByteBuffer.wrap(new byte[3]), NODE.text())).isFalse();
    assertThat(payload.remaining()).isEqualTo(BeatLink.BYTES);
  }

  private static NodeAddress node(int sign) {
    byte[] key = new byte[33];
    key[0] = (byte) sign;
    key[5] = 77;
    return NodeAddress.of(key);
  }
}

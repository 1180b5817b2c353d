package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.identity.NodeAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CapabilityAnswerTest {

  private static final NodeAddress NODE = node(2);
  private static final EvmAddress ADDRESS = EvmAddress.parse("0x" + "11".repeat(20));
  private static final Bytes32 DOMAIN = Bytes32.parse("0x" + "22".repeat(32));
  private static final Bytes32 BEACON = Bytes32.parse("0x" + "33".repeat(32));

  @Property
  void whatIsReadIsWhatWasWritten(
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long epoch,
      @ForAll("claims") CapabilityClaim claim,
      @ForAll @IntRange(max = 8) int perLane) {
    byte[] checkpoints = new byte[claim.cores() * perLane * CapabilityAnswer.CHECKPOINT];
    Arrays.fill(checkpoints, (byte) perLane);
    CapabilityAnswer answer = answer(epoch, claim, checkpoints);
    CapabilityAnswer read = CapabilityAnswer.parse(answer.encode()).orElseThrow();
    assertThat(read.sender()).isEqualTo(NODE.text());
    assertThat(read.epoch()).isEqualTo(epoch);
    assertThat(read.beacon()).isEqualTo(BEACON);
    assertThat(read.claim()).isEqualTo(claim);
    assertThat(read.checkpoints()).isEqualTo(checkpoints);
    assertThat(read.signature()).isEqualTo(answer.signature());
    assertThat(read.digest(DOMAIN, ADDRESS)).isEqualTo(answer.digest(DOMAIN, ADDRESS));
  }

  @Property
  void noBytesDoHarm(@ForAll @Size(max = 400) byte[] frame) {
    CapabilityAnswer.parse(frame).ifPresent(read -> assertThat(read.encode()).isEqualTo(frame));
    assertThat(CapabilityAnswer.isFrom(ByteBuffer.wrap(frame), NODE.text())).isFalse();
  }

  /** Whatever byte of a frame is changed: it is no frame, or it says something else. */
  @Property
  void everyByteCounts(@ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1) int by) {
    byte[] frame = answer(7, new CapabilityClaim("x86_64-vm", 2, 512, 0), new byte[32]).encode();
    byte[] other = frame.clone();
    other[at % frame.length] ^= (byte) (1 + by % 255);
    CapabilityAnswer.parse(other)
        .ifPresent(read -> assertThat(read.encode()).isEqualTo(other).isNotEqualTo(frame));
  }

  @Test
  void everyFieldIsSigned() {
    CapabilityClaim claim = new CapabilityClaim("x86_64-vm", 2, 512, 0);
    Bytes32 digest = answer(7, claim, new byte[32]).digest(DOMAIN, ADDRESS);
    assertThat(
            new Bytes32[] {
              answer(8, claim, new byte[32]).digest(DOMAIN, ADDRESS),
              answer(7, claim, new byte[16]).digest(DOMAIN, ADDRESS),
              answer(7, claim, new byte[0]).digest(DOMAIN, ADDRESS),
              answer(7, claim, new byte[32]).digest(BEACON, ADDRESS),
              answer(7, claim, new byte[32])
                  .digest(DOMAIN, EvmAddress.parse("0x" + "12".repeat(20))),
              answer(7, new CapabilityClaim("x86_64-vm", 4, 512, 0), new byte[32])
                  .digest(DOMAIN, ADDRESS),
              answer(7, new CapabilityClaim("x86_64-vm", 2, 513, 0), new byte[32])
                  .digest(DOMAIN, ADDRESS),
              answer(7, new CapabilityClaim("x86_64-vm", 2, 512, 1), new byte[32])
                  .digest(DOMAIN, ADDRESS),
              answer(7, new CapabilityClaim("x86_64-generic", 2, 512, 0), new byte[32])
                  .digest(DOMAIN, ADDRESS),
            })
        .doesNotContain(digest)
        .doesNotHaveDuplicates();
  }

  @Test
  void theLargestAnswerFitsAndALargerOneIsNone() {
    CapabilityClaim all = new CapabilityClaim("a".repeat(64), 256, Integer.MAX_VALUE, 64);
    byte[] frame = answer(7, all, new byte[2 * 256 * 8 * CapabilityAnswer.CHECKPOINT]).encode();
    assertThat(frame).hasSizeLessThanOrEqualTo(CapabilityAnswer.LARGEST);
    assertThat(CapabilityAnswer.parse(frame)).isPresent();
    assertThat(CapabilityAnswer.parse(new byte[CapabilityAnswer.LARGEST + 1])).isEmpty();
    assertThat(CapabilityAnswer.parse(Arrays.copyOf(frame, frame.length - 1))).isEmpty();
  }

  @Test
  void theBrokerTellsInWhoseNameItIs() {
    ByteBuffer payload =
        ByteBuffer.wrap(answer(7, new CapabilityClaim("x", 1, 0, 0), new byte[0]).encode());
    int length = payload.remaining();
    assertThat(CapabilityAnswer.isFrom(payload, NODE.text())).isTrue();
    assertThat(CapabilityAnswer.isFrom(payload, node(3).text())).isFalse();
    assertThat(CapabilityAnswer.isFrom(ByteBuffer.wrap(new byte[3]), NODE.text())).isFalse();
    assertThat(payload.remaining()).isEqualTo(length);
  }

  @Provide
  Arbitrary<CapabilityClaim> claims() {
    return Combinators.combine(
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(64),
            Arbitraries.integers().between(1, 256),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers().between(0, 64))
        .as(CapabilityClaim::new);
  }

  private static CapabilityAnswer answer(long epoch, CapabilityClaim claim, byte[] checkpoints) {
    byte[] signature = new byte[65];
    signature[64] = 27;
    return new CapabilityAnswer(NODE.text(), epoch, BEACON, claim, checkpoints, signature);
  }

  private static NodeAddress node(int sign) {
    byte[] key = new byte[33];
    key[0] = (byte) sign;
    key[32] = 9;
    return NodeAddress.of(key);
  }
}

package ai.ratio1.apbft.internal.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ratio1.base.R1Exception;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

final class FramesPropertyTest {

  private static final Set<Kind> SEEN = EnumSet.noneOf(Kind.class);

  @Provide
  Arbitrary<Signed<?>> messages() {
    return AnyMessage.signed();
  }

  @AfterContainer
  static void everyKindWasTried() {
    assertThat(SEEN).containsExactlyInAnyOrder(Kind.values());
  }

  @Property(tries = 400)
  void decodesWhatItEncoded(@ForAll("messages") Signed<?> message) {
    SEEN.add(message.message().kind());
    byte[] frame = Frames.encode(message);
    assertThat(frame.length).isLessThanOrEqualTo(Frames.MAX_LENGTH);
    assertThat(Frames.decode(frame)).isEqualTo(message);
  }

  @Property(tries = 200)
  void refusesEveryTruncationWithACode(
      @ForAll("messages") Signed<?> message, @ForAll @IntRange(max = 1_000_000) int cut) {
    byte[] frame = Frames.encode(message);
    byte[] shorter = Arrays.copyOf(frame, cut % frame.length);
    assertRefused(shorter);
  }

  @Property(tries = 200)
  void refusesTrailingBytesWithACode(
      @ForAll("messages") Signed<?> message, @ForAll @Size(min = 1, max = 70) byte[] tail) {
    byte[] frame = Frames.encode(message);
    byte[] longer = Arrays.copyOf(frame, frame.length + tail.length);
    System.arraycopy(tail, 0, longer, frame.length, tail.length);
    assertRefused(longer);
  }

  @Property(tries = 500)
  void aChangedByteIsAnotherMessageOrACodedRefusal(
      @ForAll("messages") Signed<?> message,
      @ForAll @IntRange(max = 1_000_000) int at,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] frame = Frames.encode(message);
    frame[at % frame.length] ^= (byte) flip;
    try {
      Signed<?> other = Frames.decode(frame);
      assertThat(other).isNotEqualTo(message);
      assertThat(Frames.encode(other)).as("one frame per message").isEqualTo(frame);
    } catch (R1Exception refusal) {
      assertThat(refusal.code()).isEqualTo(Frames.MALFORMED);
    }
  }

  @Property(tries = 1000)
  void refusesNoiseWithACode(@ForAll @Size(max = 700) byte[] noise, @ForAll boolean dressed) {
    if (dressed && noise.length > 2) {
      noise[0] = 1;
      noise[1] = (byte) (1 + (noise[1] & 0xff) % Kind.values().length);
    }
    try {
      assertThat(Frames.encode(Frames.decode(noise))).isEqualTo(noise);
    } catch (R1Exception refusal) {
      assertThat(refusal.code()).isEqualTo(Frames.MALFORMED);
    }
  }

  private static void assertRefused(byte[] frame) {
    R1Exception refusal = catchThrowableOfType(R1Exception.class, () -> Frames.decode(frame));
    assertThat(refusal.code()).isEqualTo(Frames.MALFORMED);
  }
}

package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.Vectors.Vector;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressionTest {

  static List<Vector> vectors() {
    return Vectors.of("compression");
  }

  @ParameterizedTest
  @MethodSource
  void vectors(Vector vector) {
    if (vector.input().has("text")) {
      String text = vector.in("text");
      assertThat(inflated(vector.out("encoded"))).isEqualTo(text);
      assertThat(inflated(Compression.deflate(text))).isEqualTo(text);
      // The second byte of the stream names the level: 9.
      assertThat(Compression.deflate(text)).startsWith("eN");
    } else {
      assertThat(inflated(vector.in("encoded"))).isEqualTo(vector.out("text"));
    }
  }

  @Property(tries = 200)
  void readsWhatItWrote(@ForAll String text) {
    // Java texts may hold half a surrogate pair, UTF-8 texts cannot.
    String valid = text.replaceAll("[\\ud800-\\udfff]", "?");
    assertThat(inflated(Compression.deflate(valid))).isEqualTo(valid);
  }

  @Property(tries = 2000)
  void answersNothingForRandomBytes(@ForAll byte[] bytes) {
    byte[] header = {0x78, (byte) 0xda};
    byte[] stream = Arrays.copyOf(header, bytes.length + 2);
    System.arraycopy(bytes, 0, stream, 2, bytes.length);
    Compression.inflate(Base64.getEncoder().encodeToString(bytes), InflateLimits.DEFAULT);
    Compression.inflate(stream, InflateLimits.DEFAULT);
  }

  @Test
  void answersNothingForACutStreamOrOtherBytesThanUtf8() {
    byte[] stream = Compression.deflate("hello hello".getBytes(), 9);
    assertThat(Compression.inflate(Arrays.copyOf(stream, 8), InflateLimits.DEFAULT)).isEmpty();
    byte[] noText = Compression.deflate(new byte[] {(byte) 0xff}, 9);
    assertThat(inflated(Base64.getEncoder().encodeToString(noText))).isNull();
    // A stream that wants a preset dictionary.
    assertThat(
            Compression.inflate(new byte[] {0x78, (byte) 0xf9, 0, 0, 0, 1}, InflateLimits.DEFAULT))
        .isEmpty();
  }

  @Test
  void refusesABombByRatio() {
    String bomb = Compression.deflate(" ".repeat(1_000_000));
    assertRefused(WireError.INFLATED_TOO_MUCH, bomb, InflateLimits.DEFAULT);
  }

  @Test
  void refusesABombByOutput() {
    String bomb = Compression.deflate(" ".repeat(1_000_000));
    assertRefused(WireError.INFLATED_TOO_LARGE, bomb, new InflateLimits(100_000, 50_000, 2000));
  }

  @Test
  void refusesALongInputBeforeDecodingIt() {
    String text = "A".repeat(3 * 1024 * 1024);
    assertRefused(WireError.PACKED_TOO_LARGE, text, InflateLimits.DEFAULT);
  }

  @Test
  void lendsShortTextsAnyRatio() {
    String text = "abc ".repeat(16_000);
    assertThat(inflated(Compression.deflate(text))).isEqualTo(text);
  }

  private static String inflated(String encoded) {
    return Compression.inflate(encoded, InflateLimits.DEFAULT).orElse(null);
  }

  private static void assertRefused(WireError error, String encoded, InflateLimits limits) {
    assertThatThrownBy(() -> Compression.inflate(encoded, limits))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }
}

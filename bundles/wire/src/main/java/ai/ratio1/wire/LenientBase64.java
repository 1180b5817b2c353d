package ai.ratio1.wire;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 as Python's default decoder reads it: both alphabets, characters of neither are skipped,
 * padding is required. Genuine peers accept such texts, so a strict decoder would drop messages
 * that the rest of the network takes.
 */
final class LenientBase64 {

  /** What the genuine decoder says of a text whose last group is not padded. */
  static final String INCORRECT_PADDING = "Incorrect padding";

  private LenientBase64() {}

  /**
   * A decoded text or the reason why there is none.
   *
   * @param bytes the bytes; empty when {@code error} says something
   * @param error the genuine reason, or an empty text
   */
  record Decoded(byte[] bytes, String error) {
    boolean failed() {
      return !error.isEmpty();
    }
  }

  static Decoded decode(String text) {
    if (text.length() % 4 == 0) {
      try {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
        return new Decoded(decoder.decode(text), "");
      } catch (IllegalArgumentException e) {
        return decodeSkipping(text);
      }
    }
    return decodeSkipping(text);
  }

  private static Decoded decodeSkipping(String text) {
    byte[] out = new byte[text.length() * 3 / 4 + 3];
    int size = 0;
    int group = 0;
    int inGroup = 0;
    int padding = 0;
    int characters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = value(c);
      if (c == '=') {
        padding++;
        if (inGroup >= 2 && inGroup + padding >= 4) {
          return new Decoded(Arrays.copyOf(out, size), "");
        }
      } else if (value >= 0) {
        padding = 0;
        characters++;
        group = (group << 6 | value) & 0xffffff;
        inGroup = (inGroup + 1) % 4;
        if (inGroup != 1) {
          int bits = inGroup == 2 ? 4 : inGroup == 3 ? 2 : 0;
          out[size++] = (byte) (group >> bits);
        }
      }
    }
    return switch (inGroup) {
      case 0 -> new Decoded(Arrays.copyOf(out, size), "");
      case 1 ->
          new Decoded(
              new byte[0],
              "Invalid base64-encoded string: number of data characters ("
                  + characters
                  + ") cannot be 1 more than a multiple of 4");
      default -> new Decoded(new byte[0], INCORRECT_PADDING);
    };
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}

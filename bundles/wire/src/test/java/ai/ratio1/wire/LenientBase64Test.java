package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: Python 3.11, {@code base64.urlsafe_b64decode}. */
class LenientBase64Test {

  @ParameterizedTest
  @CsvSource(
      value = {
        "'' | ''",
        "@@@ | ''",
        "YWI= | 6162",
        "YW I= | 6162",
        "YWI=YWI= | 6162",
        "Y=WI= | 6162",
        "YWJj | 616263",
        "-_+/ | fbffbf",
        "YQ==YQ | 61",
        "YR== | 61"
      },
      delimiter = '|')
  void readsAsGenuinePeersDo(String text, String hex) {
    LenientBase64.Decoded decoded = LenientBase64.decode(text);
    assertThat(decoded.failed()).isFalse();
    assertThat(java.util.HexFormat.of().formatHex(decoded.bytes())).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "YWI | Incorrect padding",
        "YQ= | Incorrect padding",
        "not-base64-der | Incorrect padding",
        "YWJjY | Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4",
        "A | Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4"
      },
      delimiter = '|')
  void refusesInTheWordsOfGenuinePeers(String text, String reason) {
    assertThat(LenientBase64.decode(text).error()).isEqualTo(reason);
  }

  @Property
  void readsBothAlphabets(@ForAll byte[] bytes) {
    String standard = Base64.getEncoder().encodeToString(bytes);
    String urlSafe = Base64.getUrlEncoder().encodeToString(bytes);
    assertThat(LenientBase64.decode(standard).bytes()).isEqualTo(bytes);
    assertThat(LenientBase64.decode(urlSafe).bytes()).isEqualTo(bytes);
    assertThat(LenientBase64.decode("\n" + standard).bytes()).isEqualTo(bytes);
  }
}

package ai.ratio1.chain.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.evm.Keccak256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Utf8String;

/** What contracts say, and what endpoints say that they say. */
class RevertReasonsPropertyTest {

  private static final List<String> DECLARED = declared();
  private static final RevertReasons REASONS = RevertReasons.of(DECLARED);

  @Property(tries = 200)
  void anyTextOfARequireIsRead(@ForAll @StringLength(max = 150) String text) {
    String data = "0x" + selector("Error(string)") + arguments(text);
    assertThat(REASONS.decode(data))
        .hasValueSatisfying(
            reason -> {
              assertThat(reason.error()).isEqualTo("Error");
              assertThat(reason.toString()).doesNotContainPattern("\\p{Cntrl}");
            });
  }

  @Property(tries = 400)
  void nothingThatAnEndpointAnswersDoesHarm(
      @ForAll("selectors") String selector, @ForAll("words") @Size(max = 12) List<String> words) {
    REASONS
        .decode("0x" + selector + String.join("", words))
        .ifPresent(reason -> assertThat(reason.toString()).hasSizeLessThan(2_000));
  }

  @Property(tries = 300)
  void noTextDoesHarm(@ForAll @StringLength(max = 300) String text) {
    REASONS.decode(text);
    REASONS.decode("0x" + text);
    REASONS.decode("0x" + selector("Panic(uint256)") + text);
  }

  @Example
  void errorsWithoutArgumentsAreReadAndUnknownOnesAreNot() {
    assertThat(REASONS.decode("0x" + selector("NotLicenseOwner()")))
        .contains(new RevertReason("NotLicenseOwner", List.of()));
    assertThat(REASONS.decode("0x" + selector("NobodyDeclaredThis()"))).isEmpty();
    assertThat(REASONS.decode("0x")).isEmpty();
    assertThat(REASONS.decode("")).isEmpty();
  }

  @Example
  void whatIsTooLongIsCutOrLeftAlone() {
    String error = "0x" + selector("Error(string)");
    assertThat(REASONS.decode(error + arguments("x".repeat(1_000))))
        .hasValueSatisfying(reason -> assertThat(reason.toString()).hasSize(201).endsWith("…"));
    assertThat(REASONS.decode(error + arguments("x".repeat(5_000)))).isEmpty();
  }

  @Provide
  Arbitrary<String> selectors() {
    return Arbitraries.of(DECLARED).map(RevertReasonsPropertyTest::selector);
  }

  /** Small numbers are offsets and lengths that nearly fit. */
  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<String> near =
        Arbitraries.integers().between(0, 400).map(n -> String.format("%064x", n));
    Arbitrary<String> any =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(32)
            .map(bytes -> HexFormat.of().formatHex(bytes));
    Arbitrary<String> most = Arbitraries.of("f".repeat(64), "7" + "f".repeat(63));
    return Arbitraries.oneOf(near, any, most).list();
  }

  private static String arguments(String text) {
    return FunctionEncoder.encodeConstructor(List.of(new Utf8String(text)));
  }

  private static String selector(String signature) {
    String hash = Keccak256.of(signature.getBytes(StandardCharsets.US_ASCII)).toHex();
    return hash.substring(2, 10);
  }

  private static List<String> declared() {
    try (InputStream listed = RevertReasons.class.getResourceAsStream("errors.txt")) {
      String text =
          new String(Objects.requireNonNull(listed).readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

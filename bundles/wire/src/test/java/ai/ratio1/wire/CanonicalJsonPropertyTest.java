package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalJsonPropertyTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Json json = new Json(JsonLimits.DEFAULT);

  @Property(tries = 500)
  void readingWhatWasWrittenAndWritingItAgainChangesNothing(@ForAll("trees") JsonNode tree) {
    String once = CanonicalJson.text(tree);
    assertThat(CanonicalJson.text(json.parse(once))).isEqualTo(once);
    assertThat(json.parse(once)).isEqualTo(json.parse(Json.bytes(tree)));
    assertThat(CanonicalJson.text(json.parse(CanonicalJson.indented(tree, 2)))).isEqualTo(once);
  }

  @Property(tries = 20_000)
  void doublesReadBackAndNothingShorterDoes(@ForAll("bits") long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return;
    }
    String text = DoubleText.current(value);
    assertThat(Double.doubleToLongBits(Double.parseDouble(text))).isEqualTo(bits);
    assertShortest(value, text);
    assertThat(CanonicalJson.text(NODES.numberNode(value))).isEqualTo(text);
  }

  @Property(tries = 2_000)
  void everydayDoublesKeepTheirDigits(@ForAll BigInteger digits, @ForAll("scales") int scale) {
    BigDecimal decimal = new BigDecimal(digits.mod(BigInteger.TEN.pow(15)), scale);
    String text = DoubleText.current(decimal.doubleValue());
    assertThat(new BigDecimal(text)).isEqualByComparingTo(decimal);
  }

  @Property(tries = 5_000)
  void legacyTextsAreStable(@ForAll("bits") long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return;
    }
    String text = DoubleText.legacy(value);
    JsonNode readBack = json.parse(text);
    String again =
        readBack.isIntegralNumber() ? readBack.asText() : DoubleText.legacy(readBack.doubleValue());
    assertThat(again).isEqualTo(text);
  }

  @Property(tries = 2_000)
  void namesAreOrderedByCodePoint(@ForAll("texts") String one, @ForAll("texts") String other) {
    int[] a = one.codePoints().toArray();
    int[] b = other.codePoints().toArray();
    assertThat(Integer.signum(CanonicalWriter.byCodePoint(one, other)))
        .isEqualTo(Integer.signum(Arrays.compare(a, b)));
  }

  @Example
  void smallestDoublesHaveOneDigit() {
    assertThat(List.of(4.9E-324, 9.9E-324, 1.5E-323, 2.0E-323, 2.5E-323, -4.9E-324))
        .extracting(DoubleText::current)
        .containsExactly("5e-324", "1e-323", "1.5e-323", "2e-323", "2.5e-323", "-5e-324");
  }

  private static void assertShortest(double value, String text) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal printed = new BigDecimal(text);
    int digits = printed.stripTrailingZeros().precision();
    if (value != 0 && digits > 1) {
      assertThat(rounded(exact, digits - 1, RoundingMode.FLOOR)).isNotEqualTo(value);
      assertThat(rounded(exact, digits - 1, RoundingMode.CEILING)).isNotEqualTo(value);
    }
    // The nearest text of that length is the one printed, unless it reads as another value.
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearest.doubleValue() == value) {
      assertThat(printed).isEqualByComparingTo(nearest);
    }
  }

  private static double rounded(BigDecimal exact, int digits, RoundingMode mode) {
    return exact.round(new MathContext(digits, mode)).doubleValue();
  }

  @Provide
  Arbitrary<Long> bits() {
    Arbitrary<Long> any = Arbitraries.longs();
    Arbitrary<Long> powers =
        Arbitraries.integers()
            .between(-1074, 1023)
            .map(e -> Double.doubleToLongBits(Math.scalb(1, e)));
    Arbitrary<Long> tiny = Arbitraries.longs().between(0, 1000);
    Arbitrary<Long> decimals =
        Arbitraries.doubles().between(-1e9, 1e9).ofScale(6).map(Double::doubleToLongBits);
    return Arbitraries.oneOf(any, powers, tiny, decimals);
  }

  @Provide
  Arbitrary<Integer> scales() {
    return Arbitraries.integers().between(-5, 25);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(8)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            texts().map(NODES::textNode),
            Arbitraries.longs().map(NODES::numberNode),
            Arbitraries.bigIntegers().map(NODES::numberNode),
            Arbitraries.doubles().map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.just(NODES.nullNode()));
    return Arbitraries.recursive(() -> leaves, this::containers, 0, 4);
  }

  private Arbitrary<JsonNode> containers(Arbitrary<JsonNode> items) {
    Arbitrary<JsonNode> arrays =
        items.list().ofMaxSize(4).map(list -> (JsonNode) new ArrayNode(NODES, list));
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(texts(), items)
            .ofMaxSize(4)
            .map((Map<String, JsonNode> fields) -> (JsonNode) new ObjectNode(NODES, fields));
    return Arbitraries.oneOf(arrays, objects);
  }
}

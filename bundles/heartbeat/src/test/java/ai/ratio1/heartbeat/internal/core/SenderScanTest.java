package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SenderScanTest {

  @Test
  void findsTheFieldHoweverItIsSpaced() {
    assertThat(find("{\"EE_SENDER\":\"0xai_A\"}")).contains("0xai_A");
    assertThat(find("{ \"A\": 1,\n\t\"EE_SENDER\" \r: \n \"x\" }")).contains("x");
  }

  @Test
  void isNotFooledByTextsThatQuoteTheName() {
    assertThat(find("{\"a\":\"\\\"EE_SENDER\\\":\\\"evil\\\"\",\"EE_SENDER\":\"good\"}"))
        .contains("good");
    assertThat(find("{\"a\":\"EE_SENDER\",\"EE_SENDER\":\"good\"}")).contains("good");
  }

  @Test
  void findsNothingWhereNothingSaneIs() {
    assertThat(find("")).isEmpty();
    assertThat(find("{}")).isEmpty();
    assertThat(find("{\"EE_SENDER\"")).isEmpty();
    assertThat(find("{\"EE_SENDER\":")).isEmpty();
    assertThat(find("{\"EE_SENDER\":7}")).isEmpty();
    assertThat(find("{\"EE_SENDER\":\"unfinished")).isEmpty();
    assertThat(find("{\"EE_SENDER\":\"" + "x".repeat(70) + "\"}")).isEmpty();
    assertThat(find("\"EE_SENDE")).isEmpty();
  }

  @Property(tries = 500)
  void survivesAnyBytes(@ForAll byte[] bytes) {
    assertThat(SenderScan.find(bytes))
        .satisfiesAnyOf(
            found -> assertThat(found).isEmpty(), found -> assertThat(found).isPresent());
  }

  private static Optional<String> find(String text) {
    return SenderScan.find(text.getBytes(StandardCharsets.UTF_8));
  }
}

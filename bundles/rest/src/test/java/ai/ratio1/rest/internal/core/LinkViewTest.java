package ai.ratio1.rest.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkViewTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String OWNER = "0x" + "Ab".repeat(20);

  private static LinkView.Wish read(String text) {
    return LinkView.read(text.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static String wish(String owner, String licence, String deadline) {
    return String.format(
        "{\"owner\":\"%s\",\"licence\":\"%s\",\"deadline\":\"%s\"}", owner, licence, deadline);
  }

  @Test
  void readsAWish() {
    LinkView.Wish wish = read(wish(OWNER, "MND-12", "2026-11-22T10:00:00.9Z"));
    assertThat(wish.owner().toHex()).isEqualToIgnoringCase(OWNER);
    assertThat(wish.licence()).isEqualTo(new LicenceId(LicenceType.MASTER_NODE_DEED, 12));
    assertThat(wish.deadline()).isEqualTo("2026-11-22T10:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "7", "{}", "{} x", "[[[[[[[[", "{\"owner\":7}"})
  void refusesWhatIsNoWish(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(text))
        .satisfies(e -> assertThat(e.code().text()).isEqualTo("R1-REST-101"));
  }

  @ParameterizedTest
  @CsvSource({
    "0x12,ND-1,2026-11-22T10:00:00Z,owner",
    "zz,ND-1,2026-11-22T10:00:00Z,owner",
    "OWNER,ND-0,2026-11-22T10:00:00Z,licence",
    "OWNER,XD-1,2026-11-22T10:00:00Z,licence",
    "OWNER,ND--1,2026-11-22T10:00:00Z,licence",
    "OWNER,ND-1,tomorrow,deadline",
    "OWNER,ND-1,2026-11-21T10:00:00Z,deadline",
    "OWNER,ND-1,2026-12-21T10:00:01Z,deadline"
  })
  void namesTheFieldThatIsWrong(String owner, String licence, String deadline, String field) {
    String text = wish(owner.equals("OWNER") ? OWNER : owner, licence, deadline);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(field)
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }

  @Property
  void neverFailsUncodedOnForeignBytes(@ForAll byte[] bytes) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> LinkView.read(bytes, NOW));
  }
}

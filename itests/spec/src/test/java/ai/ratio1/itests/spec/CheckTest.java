package ai.ratio1.itests.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {

  private static final String GOOD =
      """
      \\* The rules as they are.
      \\* module: Counter
      \\* run: long
      \\* expect: nothing violated, 12 states, depth 3
      SPECIFICATION Spec
      INVARIANTS
        Small
        Positive
      PROPERTY Reaches
      CHECK_DEADLOCK FALSE
      """;

  @TempDir Path folder;

  @Test
  void readsWhatIsExpected() throws IOException {
    Check check = read("Good", GOOD);
    assertThat(check.name()).isEqualTo("Good");
    assertThat(check.title()).isEqualTo("The rules as they are.");
    assertThat(check.module()).isEqualTo("Counter");
    assertThat(check.always()).isFalse();
    assertThat(check.properties()).containsExactly("Small", "Positive", "Reaches");
    assertThat(check.expected()).isEqualTo(new Verdict.Holds(12, 3));
  }

  @Test
  void refusesAFileThatDoesNotSayWhatItExpects() {
    assertRefused("Good", GOOD.replace("expect:", "expects:"), "does not begin with");
    assertRefused("Good", GOOD.replace("long", "sometimes"), "does not begin with");
    assertRefused("Good", GOOD.replace("depth 3", "depth"), "no verdict");
    assertRefused("Good", "\n" + GOOD, "does not begin with");
  }

  @Test
  void refusesAMutantThatIsNotToBeCaught() {
    assertRefused("MutantNoLock", GOOD, "not to be caught");
  }

  @Test
  void refusesToExpectTheViolationOfWhatIsNotChecked() {
    String other = "Great violated, trace of 5 states";
    assertRefused(
        "MutantNoLock",
        GOOD.replace("nothing violated, 12 states, depth 3", other),
        "does not check Great");
  }

  private void assertRefused(String name, String text, String why) {
    assertThatThrownBy(() -> read(name, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private Check read(String name, String text) throws IOException {
    return Check.read(Files.writeString(folder.resolve(name + ".cfg"), text));
  }
}

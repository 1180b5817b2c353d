package ai.ratio1.itests.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small counter stands for the models: whatever is wrong with them must be noticed. */
final class TlcTest {

  @TempDir Path folder;

  @BeforeEach
  void placeTheModel() throws IOException {
    try (InputStream model = TlcTest.class.getResourceAsStream("Counter.tla")) {
      Files.copy(model, folder.resolve("Counter.tla"));
    }
  }

  @Test
  void countsTheStatesOfAModelThatHolds() throws Exception {
    Check check = check("Good", "nothing violated, 3 states, depth 3", 2, "INVARIANT Small");
    assertThat(run(check)).isEqualTo(check.expected());
  }

  @Test
  void noticesThatAMutantIsNotCaught() throws Exception {
    Check check = check("Mutant", "Small violated, trace of 4 states", 2, "INVARIANT Small");
    assertThat(run(check)).isNotEqualTo(check.expected()).isEqualTo(new Verdict.Holds(3, 3));
  }

  @Test
  void noticesThatARuleIsBroken() throws Exception {
    Check check = check("Good", "nothing violated, 3 states, depth 3", 3, "INVARIANT Small");
    assertThat(run(check)).isEqualTo(new Verdict.Violated("Small", 4));
  }

  @Test
  void noticesThatAModelShrank() throws Exception {
    Check check = check("Good", "nothing violated, 3 states, depth 3", 1, "INVARIANT Small");
    assertThat(run(check)).isEqualTo(new Verdict.Holds(2, 2));
  }

  @Test
  void namesTheInvariantThatFailsInTheBeginning() throws Exception {
    Check check = check("Mutant", "Positive violated, trace of 1 states", 3, "INVARIANT Positive");
    assertThat(run(check)).isEqualTo(check.expected());
  }

  @Test
  void namesTheTemporalPropertyThatFails() throws Exception {
    String expected = "ReachesThree violated, trace of 3 states";
    Check check = check("Mutant", expected, 2, "PROPERTY ReachesThree");
    assertThat(run(check)).isEqualTo(check.expected());
    Check good = check("Good", "nothing violated, 4 states, depth 4", 3, "PROPERTY ReachesThree");
    assertThat(run(good)).isEqualTo(good.expected());
  }

  @Test
  void aModelThatCannotBeCheckedIsNoVerdict() throws Exception {
    Check check = check("Mutant", "Missing violated, trace of 4 states", 2, "INVARIANT Missing");
    assertThatThrownBy(() -> run(check))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no verdict")
        .hasMessageContaining("Missing");
  }

  private Check check(String name, String expected, int last, String properties)
      throws IOException {
    String configuration =
        """
        \\* A counter.
        \\* module: Counter
        \\* run: always
        \\* expect: %s
        SPECIFICATION Spec
        CONSTANT Last = %d
        %s
        CHECK_DEADLOCK FALSE
        """
            .formatted(expected, last, properties);
    return Check.read(Files.writeString(folder.resolve(name + ".cfg"), configuration));
  }

  private Verdict run(Check check) throws Exception {
    return new Tlc(folder.resolve("work"), List.of("-Xmx64m"), Duration.ofMinutes(2)).run(check);
  }
}

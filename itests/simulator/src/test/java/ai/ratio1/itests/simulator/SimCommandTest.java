package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SimCommandTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "reference", "simulator.md");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theLastLineSumsUp() {
    assertThat(run("--seeds", "20", "--oracles", "4")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("runs=20 violations=0 undecided=0 seconds=\\d+\\.\\d\\R");
  }

  @Test
  void aFailingSeedIsPrintedAndFailsAgainTheSameWay() {
    assertThat(run("--seeds", "40", "--mutant", "lock-not-persisted")).isEqualTo(1);
    String first = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    Matcher failure = Pattern.compile("FAILED ./r1 sim (.*): (.*hides.*)").matcher(first);
    assertThat(failure.matches()).as(first).isTrue();
    out.reset();
    assertThat(run(failure.group(1).split(" "))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(first);
  }

  @Test
  void aTraceShowsWhatHappened() {
    assertThat(run("--seeds", "1", "--oracles", "4", "--adversary", "silent", "--trace")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("says OBS_COMMIT of epoch 0", "PREPARE of epoch 0 view ", "knows the certificate")
        .endsWith("good" + System.lineSeparator());
  }

  @Test
  void decisionsCanBeAskedFor() {
    assertThat(run("--seeds", "1", "--from", "3", "--oracles", "4", "--decisions", "--trace"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("says DECISION_OFFER of slot 0", "DECISION_PREPARE of slot 0 view ")
        .contains("knows the decision of slot 0")
        .doesNotContain("epoch 0");
  }

  @Test
  void programsGetJson() throws Exception {
    String[] command = {"--seeds", "40", "--mutant", "inclusion-dropped", "-o", "json"};
    assertThat(run(command)).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.path("runs").asInt()).isEqualTo(40);
    assertThat(json.path("violations").asInt()).isPositive();
    JsonNode failure = json.path("failures").get(0);
    assertThat(failure.path("adversary").asText()).isEqualTo("picking");
    assertThat(failure.path("complaint").asText()).contains("a table was left out");
  }

  @Test
  void whatCannotBeIsMisuse() {
    assertThat(run("--oracles", "3")).isEqualTo(2);
    assertThat(run("--adversary", "friendly")).isEqualTo(2);
    assertThat(run("--trace", "--seeds", "2")).isEqualTo(2);
    assertThat(run("--mutant", "no-lock", "--oracles", "7")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--oracles must be 4 to 31", "'friendly' is none of none, silent");
  }

  @Test
  void thePageShowsTheHelp() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(Files.readString(PAGE)).contains(out.toString(StandardCharsets.UTF_8));
  }

  private int run(String... arguments) {
    return SimCommand.line(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }
}

package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.outcome.SampleEpoch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are checked without a network, and whatever is wrong with them is named. */
class EpochFilesTest {

  @TempDir Path folder;

  private final SampleEpoch epoch = new SampleEpoch();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path file;

  @BeforeEach
  void export() throws Exception {
    file = Files.write(folder.resolve("e.json"), ArtefactsJson.write(epoch.artefacts()));
  }

  @Test
  void whatOraclesSignedHolds() throws Exception {
    String outcome = epoch.artefacts().signed().outcomeHash().toHex();
    assertThat(r1("epoch", "verify", "7", "--from", file.toString(), "--outcome", outcome))
        .isZero();
    assertThat(text(out)).contains("all ", " checks hold", outcome).doesNotContain("WRONG");

    assertThat(r1("epoch", "verify", "7", "--from", file.toString(), "-o", "json")).isZero();
    JsonNode json = new ObjectMapper().readTree(text(out));
    assertThat(json.path("holds").booleanValue()).isTrue();
    assertThat(json.path("checks").size()).isGreaterThan(20);
  }

  @Test
  void whatDoesNotHoldIsNamed() throws Exception {
    String changed = Files.readString(file).replace("\"nodeCount\":6", "\"nodeCount\":7");
    Files.writeString(file, changed);
    assertThat(r1("epoch", "verify", "7", "--from", file.toString())).isEqualTo(1);
    assertThat(text(out)).containsPattern("WRONG +node count +says 7, follows 6");
  }

  @Test
  void anotherEpochOrOutcomeThanWasAskedForIsNamed() {
    assertThat(r1("epoch", "verify", "8", "--from", file.toString())).isEqualTo(1);
    assertThat(text(out)).containsPattern("WRONG +epoch that was asked for +7");
    String other = "0x" + "00".repeat(32);
    assertThat(r1("epoch", "verify", "7", "--from", file.toString(), "--outcome", other))
        .isEqualTo(1);
    assertThat(text(out)).contains("WRONG", "recorded outcome hash");
  }

  @Test
  void whatIsNoFileOfItsKindIsSaid() throws Exception {
    assertThat(r1("epoch", "verify", "7", "--from", folder.resolve("none").toString()))
        .isEqualTo(1);
    assertThat(text(err)).contains("R1-CLI-008", "r1 epoch export");
    Files.writeString(file, "{}");
    assertThat(r1("epoch", "verify", "7", "--from", file.toString())).isEqualTo(1);
    assertThat(text(err)).contains("R1-OUTCOME-001");
    assertThat(r1("epoch", "dispute", file.toString())).isEqualTo(1);
    assertThat(text(err)).contains("R1-OUTCOME-002");
  }

  private int r1(String... arguments) {
    out.reset();
    err.reset();
    PrintStream answers = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Main.commandLine(new Console(answers, errors, false), folder).execute(arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}

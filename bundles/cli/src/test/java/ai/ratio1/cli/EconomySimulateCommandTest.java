package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code r1 economy simulate}, as it is called. */
class EconomySimulateCommandTest {

  /** What the page about emission shows. */
  private static final Path PAGE = Path.of("..", "..", "docs/explanation/emission.svg");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void printsEveryMonth() {
    assertThat(run("--months", "31")).isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2 + 31);
    assertThat(lines.get(1)).startsWith("MONTH").endsWith("SUPPLY");
    // The genesis deed is through, and Master deeds reach their end: 99 % nodes have 252/255.
    assertThat(lines.get(2 + 29)).startsWith("30 ").contains(" 46761182 ").contains(" 41733855 ");
    assertThat(lines.get(2 + 30)).contains(" 41733855 ");
  }

  @Test
  void answersProgramsToTheLastDigit() throws IOException {
    assertThat(run("--output", "json", "--availability", "100", "--deeds", "1", "--jobs", "0"))
        .isZero();
    JsonNode months = new ObjectMapper().readTree(out.toByteArray());
    assertThat(months).hasSize(60);
    JsonNode last = months.get(59);
    assertThat(last.at("/mined/master").asText()).isEqualTo("42230686878000000000000000");
    assertThat(last.at("/mined/genesis").asText()).isEqualTo("46761182022000000000000000");
    // Deeds of 25 months have mined all they ever do, the others 1 to 35 thirty-sixths of it.
    assertThat(last.at("/mined/node").asText()).isEqualTo("66945525846962616803292");
    assertThat(last.get("deeds").asLong()).isEqualTo(60);
  }

  @Test
  void drawsWhatThePageShows() throws Exception {
    Path drawn = folder.resolve("emission.svg");
    assertThat(run("--chart", drawn.toString())).isZero();
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(drawn.toFile());
    assertThat(Files.readString(PAGE))
        .as("%s is not what the command draws: ./r1 economy simulate --chart %s", PAGE, PAGE)
        .isEqualTo(Files.readString(drawn));
  }

  @Test
  void saysWhatCannotBe() {
    assertThat(run("--deeds", "46224")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("more R1 than exists");
    assertThat(run("--availability", "101")).isEqualTo(2);
    assertThat(run("--price", "0")).isEqualTo(2);
    assertThat(run("--chart", folder.resolve("nowhere/x.svg").toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("R1-CLI-006");
  }

  private int run(String... options) {
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "economy";
    arguments[1] = "simulate";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Main.commandLine(new Console(to, errors, false), folder).execute(arguments);
  }
}

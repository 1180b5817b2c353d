package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/reference/commands.md} shows the help of every command as it is printed. */
class CommandsPageTest {

  private static final String NAME = "docs/reference/commands.md";
  private static final Path PAGE = Path.of("..", "..").resolve(NAME);
  private static final Path WRITTEN = Path.of("target", "commands.md").toAbsolutePath();
  private static final String MARK = "<!-- What follows is written by CommandsPageTest. -->\n";
  private static final int WIDTH = 100;

  @Test
  void thePageHasTheHelpOfEveryCommand() throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    CommandLine line = Main.commandLine(new Console(nowhere, nowhere, false), Path.of("."));
    List<String> sections = new ArrayList<>();
    describe(line.setUsageHelpWidth(WIDTH), sections);
    assertThat(sections).hasSizeGreaterThan(10);

    String page = Files.readString(PAGE);
    int mark = page.indexOf(MARK);
    assertThat(mark).as("%s lacks the line %s", NAME, MARK).isNotNegative();
    String expected = page.substring(0, mark + MARK.length()) + "\n" + String.join("\n", sections);
    Files.createDirectories(WRITTEN.getParent());
    Files.writeString(WRITTEN, expected);
    assertThat(page)
        .as("%s is not what the commands print: copy %s over it.", NAME, WRITTEN)
        .isEqualTo(expected);
  }

  private static void describe(CommandLine command, List<String> sections) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    sections.add(
        "## `%s`\n\n```text\n%s```\n"
            .formatted(command.getCommandSpec().qualifiedName(), help.replace("\r\n", "\n")));
    for (CommandLine below : command.getSubcommands().values()) {
      // What picocli brings along describes itself.
      if (!(below.getCommand() instanceof CommandLine.HelpCommand)) {
        describe(below, sections);
      }
    }
  }
}

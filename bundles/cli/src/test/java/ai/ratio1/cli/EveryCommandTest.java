package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What a user may expect of any command. */
class EveryCommandTest {

  @TestFactory
  Stream<DynamicTest> hasHelpAndJson() {
    return commands(line(new ByteArrayOutputStream()))
        .map(name -> DynamicTest.dynamicTest(name, () -> assertUsable(name)));
  }

  private static void assertUsable(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] words = (name + " --help").substring("r1 ".length()).split(" ");
    assertThat(line(out).execute(words)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: " + name, "--output");
  }

  private static CommandLine line(ByteArrayOutputStream out) {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.commandLine(new Console(print, print, false), Path.of("."))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
  }

  /** The commands that do something, by their whole names. */
  private static Stream<String> commands(CommandLine command) {
    List<CommandLine> below =
        command.getSubcommands().values().stream()
            .filter(c -> !(c.getCommand() instanceof CommandLine.HelpCommand))
            .toList();
    return below.isEmpty()
        ? Stream.of(command.getCommandSpec().qualifiedName())
        : below.stream().flatMap(EveryCommandTest::commands);
  }
}

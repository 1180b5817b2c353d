package ai.ratio1.cli;

import ai.ratio1.base.R1Exception;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the command line. Exits with 0 when done, 1 when it failed, 2 when misused. */
@Command(
    name = "r1",
    description = "Runs and asks a Ratio1 network.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 done, 1 failed, 2 misused."},
    subcommands = {CommandLine.HelpCommand.class})
public final class Main {

  private Main() {}

  /** Runs one command. */
  // This is where the console begins; on Java 17 there is one only when a person looks on.
  @SuppressWarnings({"checkstyle:RegexpSinglelineJava", "SystemConsoleNull"})
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Console console = new Console(out, err, System.console() != null);
    Path home = Path.of(System.getProperty("r1.home", "."));
    System.exit(commandLine(console, home).execute(arguments));
  }

  static CommandLine commandLine(Console console, Path home) {
    Context context = Context.of(console, home);
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new UpCommand(context))
        .addSubcommand(new DownCommand(context))
        .addSubcommand(new ResetCommand(context))
        .addSubcommand(new StatusCommand(context))
        .addSubcommand(new LogsCommand(context))
        .addSubcommand("epoch", epoch(context))
        .addSubcommand("oracle", oracle(context))
        .addSubcommand("deed", deed(context))
        .addSubcommand(new ClaimCommand(context))
        .addSubcommand("contracts", contracts(context))
        .addSubcommand("economy", economy(console))
        .addSubcommand(new HardwareCommand(console));
    tellVersion(line);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) ->
            command.getCommand() instanceof OutputOption chosen
                    && chosen.asJson()
                    && failure instanceof R1Exception known
                ? tell(known, console)
                : explain(failure, console));
    return line;
  }

  /** Every command has the version of the whole. */
  private static void tellVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(Main::tellVersion);
  }

  private static CommandLine epoch(Context context) {
    return new CommandLine(new EpochCommand())
        .addSubcommand(new EpochExplainCommand(context))
        .addSubcommand(new EpochExportCommand(context))
        .addSubcommand(new EpochVerifyCommand(context))
        .addSubcommand(new EpochDisputeCommand(context));
  }

  private static CommandLine oracle(Context context) {
    return new CommandLine(new OracleCommand()).addSubcommand(new OracleChooseCommand(context));
  }

  private static CommandLine economy(Console console) {
    return new CommandLine(new EconomyCommand()).addSubcommand(new EconomySimulateCommand(console));
  }

  private static CommandLine deed(Context context) {
    return new CommandLine(new DeedCommand())
        .addSubcommand(new DeedListCommand(context))
        .addSubcommand(new DeedBuyCommand(context))
        .addSubcommand(new DeedLinkCommand(context))
        .addSubcommand(new DeedUnlinkCommand(context));
  }

  private static CommandLine contracts(Context context) {
    return new CommandLine(new ContractsCommand())
        .addSubcommand(new ContractsDeployCommand(context));
  }

  /** The same for a program. */
  private static int tell(R1Exception failure, Console console) {
    console
        .err()
        .println(
            JsonNodeFactory.instance
                .objectNode()
                .put("code", failure.code().text())
                .put("message", failure.getMessage())
                .put("nextStep", failure.nextStep()));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int explain(Exception failure, Console console) {
    if (failure instanceof R1Exception known) {
      console.err().println("r1: " + known.code() + ": " + known.getMessage());
      console.err().println("    " + known.nextStep());
    } else if (failure instanceof IllegalArgumentException misuse) {
      console.err().println("r1: " + misuse.getMessage());
      return CommandLine.ExitCode.USAGE;
    } else {
      console.err().println("r1: something unforeseen happened: " + failure);
      console
          .err()
          .println("    Please report it with the command you ran; R1_TRACE=1 shows more.");
      if (System.getenv("R1_TRACE") != null) {
        console.err().println(Trace.of(failure));
      }
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}

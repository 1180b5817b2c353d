package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a log. */
@Command(
    name = "logs",
    description = "Shows the log of a node, of the broker or of the chain.",
    mixinStandardHelpOptions = true)
final class LogsCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode UNREADABLE = new ErrorCode("R1-CLI-001");
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(300);

  private final Context context;

  @Parameters(paramLabel = "NODE", description = "A node's name, broker, or chain.")
  private String name = "";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many of the newest lines; default ${DEFAULT-VALUE}.")
  private int count = 100;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing what is added, until Ctrl-C.")
  private boolean follow;

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path log = log();
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      show(lines.subList(Math.max(0, lines.size() - count), lines.size()));
      while (follow && !Thread.interrupted()) {
        LockSupport.parkNanos(LOOK_EVERY);
        List<String> now = Files.readAllLines(log, StandardCharsets.UTF_8);
        // A shorter file is a new one: the log was rolled.
        List<String> added = now.subList(now.size() < lines.size() ? 0 : lines.size(), now.size());
        if (!added.isEmpty()) {
          show(added);
        }
        lines = now;
      }
      return 0;
    } catch (IOException e) {
      throw new R1Exception(
          UNREADABLE, "The log " + log + " cannot be read.", "Was the devnet ever up?", e);
    }
  }

  private Path log() {
    if (name.equals("chain")) {
      return context.folder().chainLog();
    }
    String known = name.equals("broker") ? name : context.network().node(name).name();
    return new NodeFolder(context.folder().node(known)).log();
  }

  private void show(List<String> lines) {
    if (asJson()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      lines.forEach(array::add);
      context.console().json(array);
    } else {
      lines.forEach(context.console()::line);
    }
  }
}

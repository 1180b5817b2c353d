package ai.ratio1.cli;

import ai.ratio1.devnet.DevnetControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the devnet. */
@Command(
    name = "down",
    description = "Stops the devnet; the next up continues it where it was.",
    mixinStandardHelpOptions = true)
final class DownCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  DownCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean stopped = DevnetControl.stop(context.folder(), context.console().err()::println);
    report(
        context.console(),
        stopped ? "The devnet stopped; ./r1 up continues it." : "No devnet was running.",
        json -> json.put("stopped", stopped));
    return 0;
  }
}

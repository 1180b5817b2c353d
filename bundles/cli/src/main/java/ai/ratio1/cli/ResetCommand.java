package ai.ratio1.cli;

import ai.ratio1.devnet.DevnetControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Forgets the devnet. */
@Command(
    name = "reset",
    description =
        "Deletes the devnet with its chain, keys and rewards; the next up starts a new one.",
    mixinStandardHelpOptions = true)
final class ResetCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  ResetCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean deleted = DevnetControl.delete(context.folder());
    report(
        context.console(),
        deleted ? "The devnet is deleted; ./r1 up starts a new one." : "There was no devnet.",
        json -> json.put("deleted", deleted));
    return 0;
  }
}

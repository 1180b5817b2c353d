package ai.ratio1.cli;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Receipt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a deed off its node. */
@Command(
    name = "unlink",
    description = "Takes a deed off its node; the node's session ends within two blocks.",
    mixinStandardHelpOptions = true)
final class DeedUnlinkCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "DEED", description = "Such as ND-7.")
  private String deed = "";

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Who holds the deed; default: found by the deed.")
  private String owner = "";

  DeedUnlinkCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LicenceId id = LicenceId.parse(deed);
    try (ChainConnection chain = context.connect();
        Account holder = context.openHolder(chain, id, owner)) {
      Receipt receipt = chain.licences().unlink(holder, id);
      report(
          context.console(),
          "%s is linked to no node now (block %d).".formatted(id, receipt.block()),
          json ->
              json.put("licence", id.toString())
                  .put("transaction", receipt.transaction().toHex())
                  .put("block", receipt.block()));
      return 0;
    }
  }
}

package ai.ratio1.cli;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Receipt;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.launcher.NodeFolder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Links a deed to a node. */
@Command(
    name = "link",
    description = "Links a deed to a node; the node signs its consent.",
    mixinStandardHelpOptions = true)
final class DeedLinkCommand extends OutputOption implements Callable<Integer> {

  private static final int CONSENT_MINUTES = 10;

  private final Context context;

  @Parameters(index = "0", paramLabel = "DEED", description = "Such as ND-7.")
  private String deed = "";

  @Parameters(index = "1", paramLabel = "NODE", description = "The node's name.")
  private String name = "";

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Who holds the deed; default: found by the deed.")
  private String owner = "";

  DeedLinkCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LicenceId id = LicenceId.parse(deed);
    NodeEntry node = context.network().node(name);
    try (ChainConnection chain = context.connect();
        Account holder = context.openHolder(chain, id, owner)) {
      NodeOperator operator =
          NodeOperator.of(context.client(node), new NodeFolder(context.folder().node(name)).data());
      Instant now = chain.chain().head().timestamp();
      Instant deadline =
          now.plus(CONSENT_MINUTES, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
      NodeOperator.Consent consent = operator.consentToLink(holder.address(), id, deadline);
      Receipt receipt = chain.licences().link(holder, consent.authorisation(), consent.signature());
      report(
          context.console(),
          "%s is linked to %s (block %d); it boots within seconds: ./r1 status"
              .formatted(id, name, receipt.block()),
          json ->
              json.put("licence", id.toString())
                  .put("node", consent.authorisation().node().toHex())
                  .put("transaction", receipt.transaction().toHex())
                  .put("block", receipt.block()));
      return 0;
    }
  }
}

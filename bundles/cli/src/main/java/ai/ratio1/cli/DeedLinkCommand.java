package ai.ratio1.cli;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Receipt;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.launcher.NodeFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Links a deed to a node. */
@Command(
    name = "link",
    description = "Links a deed to a node; the node signs its consent.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A node of the devnet is asked by name. The operator of any other asks it for",
      "/v1/link-authorisations and hands its answer to the owner of the deed, as FILE."
    })
final class DeedLinkCommand extends OutputOption implements Callable<Integer> {

  private static final int CONSENT_MINUTES = 10;

  private final Context context;

  @Parameters(index = "0", paramLabel = "DEED", description = "Such as ND-7.")
  private String deed = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "The node's name.")
  private String name = "";

  @Option(
      names = "--consent",
      paramLabel = "FILE",
      description = "In the place of NODE: what a node elsewhere consented to.")
  private Path file = Path.of("");

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
    if (name.isEmpty() == file.toString().isEmpty()) {
      throw new IllegalArgumentException("give either the name of a node or --consent FILE");
    }
    Optional<NodeOperator.Consent> given =
        name.isEmpty() ? Optional.of(ConsentFile.read(file)) : Optional.empty();
    try (ChainConnection chain = context.connect();
        Account holder = context.openHolder(chain, id, owner)) {
      NodeOperator.Consent consent = given.orElseGet(() -> ask(chain, holder, id));
      ConsentFile.require(consent, holder.address(), id);
      Receipt receipt = chain.licences().link(holder, consent.authorisation(), consent.signature());
      String node = consent.authorisation().node().toHex();
      report(
          context.console(),
          "%s is linked to %s (block %d); it boots within seconds."
              .formatted(id, name.isEmpty() ? node : name, receipt.block()),
          json ->
              json.put("licence", id.toString())
                  .put("node", node)
                  .put("transaction", receipt.transaction().toHex())
                  .put("block", receipt.block()));
      return 0;
    }
  }

  private NodeOperator.Consent ask(ChainConnection chain, Account holder, LicenceId id) {
    NodeEntry node = context.network().node(name);
    NodeOperator operator =
        NodeOperator.of(context.client(node), new NodeFolder(context.folder().node(name)).data());
    Instant now = chain.chain().head().timestamp();
    Instant deadline =
        now.plus(CONSENT_MINUTES, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    return operator.consentToLink(holder.address(), id, deadline);
  }
}

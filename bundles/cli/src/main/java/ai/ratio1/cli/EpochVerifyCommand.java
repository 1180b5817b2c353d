package ai.ratio1.cli;

import ai.ratio1.base.Bytes32;
import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.EpochAudit;
import ai.ratio1.outcome.Finding;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes a certificate again. */
@Command(
    name = "verify",
    description = "Computes the certificate of an epoch again, bit for bit, and checks all of it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Asks nobody: it reads what r1 epoch export wrote. That the oracles named in the file are",
      "those of the network, the chain says: compare the outcome hash with what it recorded.",
      "",
      "Exit status 1 when a digest, root or signature is wrong."
    })
final class EpochVerifyCommand extends OutputOption implements Callable<Integer> {

  private static final String NEXT_STEP =
      "Write it with ./r1 epoch export, or name it with --from.";

  private final Context context;

  @Parameters(paramLabel = "EPOCH", description = "Its number.")
  private long epoch;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Default: artefacts/epoch-EPOCH.json in the devnet's folder.")
  private Path file = Path.of("");

  @Option(
      names = "--outcome",
      paramLabel = "HASH",
      description = "The outcome hash that the chain recorded, to be compared.")
  private String recorded = "";

  EpochVerifyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path source = file.toString().isEmpty() ? context.folder().artefacts(epoch) : file;
    EpochArtefacts artefacts =
        ArtefactsJson.read(ArtefactFiles.read(source, ArtefactsJson.LARGEST, NEXT_STEP));
    List<Finding> findings =
        new ArrayList<>(EpochAudit.of(artefacts, Context.signatures()).findings());
    findings.add(
        new Finding(
            "epoch that was asked for",
            artefacts.signed().epoch() == epoch,
            Long.toString(artefacts.signed().epoch())));
    Bytes32 outcome = artefacts.signed().outcomeHash();
    if (!recorded.isEmpty()) {
      boolean same = outcome.equals(Bytes32.parse(recorded));
      findings.add(new Finding("recorded outcome hash", same, outcome.toHex()));
    }
    if (asJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("epoch", artefacts.signed().epoch())
          .put("outcomeHash", outcome.toHex())
          .put("holds", Findings.hold(findings));
      json.set("checks", Findings.json(findings));
      context.console().json(json);
    } else {
      Findings.print(context.console(), findings);
      context
          .console()
          .line(
              "Epoch %d, outcome %s: %s."
                  .formatted(artefacts.signed().epoch(), outcome, Findings.summary(findings)));
    }
    return Findings.hold(findings) ? 0 : 1;
  }
}

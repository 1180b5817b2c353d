package ai.ratio1.cli;

import ai.ratio1.availability.Presence;
import ai.ratio1.outcome.DisputeAudit;
import ai.ratio1.outcome.DisputeJson;
import ai.ratio1.outcome.Finding;
import ai.ratio1.outcome.NodeDispute;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a dispute. */
@Command(
    name = "dispute",
    description = "Checks a dispute: who claims what, and what oracles committed to.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Asks nobody. A node's claim is its word; what an oracle received is proven by its own",
      "reveal. Neither says what happened between them.",
      "",
      "Exit status 1 when something in the file does not hold."
    })
final class EpochDisputeCommand extends OutputOption implements Callable<Integer> {

  private static final String NEXT_STEP = "Name a file that r1 epoch explain --dispute wrote.";

  private final Context context;

  @Parameters(paramLabel = "FILE", description = "The dispute.")
  private Path file = Path.of("");

  EpochDisputeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    NodeDispute dispute =
        DisputeJson.read(ArtefactFiles.read(file, DisputeJson.LARGEST, NEXT_STEP));
    List<Finding> findings = DisputeAudit.of(dispute, Context.signatures());
    if (asJson()) {
      context.console().json(json(dispute, findings));
    } else {
      print(context.console(), dispute, findings);
    }
    return Findings.hold(findings) ? 0 : 1;
  }

  private static void print(Console console, NodeDispute dispute, List<Finding> findings) {
    console.line(
        "%s contests byte %d of epoch %d, %s, signed %s."
            .formatted(
                dispute.dispute().node(),
                dispute.dispute().agreed(),
                dispute.dispute().epoch(),
                dispute.availability().row().licence(),
                dispute.dispute().at()));
    if (!dispute.dispute().reason().isEmpty()) {
      console.line("reason   " + printable(dispute.dispute().reason()));
    }
    console.line("claims   " + dispute.claimed().map(EpochDisputeCommand::slots).orElse("nothing"));
    for (NodeDispute.Received received : dispute.received()) {
      console.line("received " + received.oracle() + ": " + slots(received.slots().presence()));
    }
    console.line("");
    Findings.print(console, findings);
    console.line(
        "Outcome %s: %s.".formatted(dispute.signed().outcomeHash(), Findings.summary(findings)));
  }

  private static String slots(Presence presence) {
    return "beats in %d of %d slots".formatted(presence.present().cardinality(), presence.slots());
  }

  /** What a stranger wrote must not move the cursor. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static ObjectNode json(NodeDispute dispute, List<Finding> findings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("epoch", dispute.dispute().epoch())
        .put("node", dispute.dispute().node().toHex())
        .put("licence", dispute.availability().row().licence().toString())
        .put("outcomeHash", dispute.dispute().outcomeHash().toHex())
        .put("agreed", dispute.dispute().agreed())
        .put("reason", dispute.dispute().reason())
        .put("at", dispute.dispute().at().toString())
        .put("claimedSlots", dispute.claimed().map(s -> s.present().cardinality()).orElse(null))
        .put("holds", Findings.hold(findings));
    ArrayNode received = json.putArray("received");
    for (NodeDispute.Received one : dispute.received()) {
      received
          .addObject()
          .put("oracle", one.oracle().toHex())
          .put("present", one.slots().presence().present().cardinality())
          .put("slots", one.slots().presence().slots());
    }
    json.set("checks", Findings.json(findings));
    return json;
  }
}

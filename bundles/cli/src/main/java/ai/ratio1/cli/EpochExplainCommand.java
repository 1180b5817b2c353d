package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.identity.Signatures;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.EpochAudit;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains an epoch. */
@Command(
    name = "explain",
    description = "Shows what each oracle saw, what they agreed on, and who signed it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A certified epoch is computed again from what its oracles signed, and whatever does not",
      "follow is marked WRONG. With a node: also the slots each oracle missed it in, with times,",
      "checked against what that oracle committed to before the others revealed, and what the",
      "oracles found about the processors it claims. A doubted claim has no effect on pay."
    })
final class EpochExplainCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode UNKNOWN = new ErrorCode("R1-CLI-005");

  private final Context context;

  @Parameters(index = "0", paramLabel = "EPOCH", description = "Its number.")
  private long epoch;

  @Parameters(index = "1", paramLabel = "NODE", arity = "0..1", description = "A node's name.")
  private String name = "";

  @Option(
      names = "--dispute",
      paramLabel = "FILE",
      description = "Let NODE contest what was agreed about it; see r1 epoch dispute.")
  private Path dispute = Path.of("");

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "What to say in the dispute, at most 1,000 characters.")
  private String reason = "";

  EpochExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean contested = !dispute.toString().isEmpty();
    if (contested && name.isEmpty()) {
      throw new IllegalArgumentException("--dispute needs the node that contests");
    }
    Map<String, JsonNode> views = views();
    Optional<EpochArtefacts> artefacts =
        contested
            ? Optional.of(PublicArtefacts.require(context, epoch))
            : PublicArtefacts.ask(context, epoch);
    Optional<NodeCapability> capability =
        name.isEmpty() ? Optional.empty() : NodeCapability.ask(context, epoch, address());
    if (artefacts.isPresent()) {
      return audited(artefacts.get(), views, capability, contested);
    }
    if (asJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      views.forEach(json::set);
      capability.ifPresent(found -> json.set("capability", found.json()));
      context.console().json(json);
    } else {
      String address = name.isEmpty() ? "" : address().toHex();
      new EpochExplanation(epoch, views, Names.of(context)).print(context.console(), address);
      capability.ifPresent(found -> found.print(context.console()));
    }
    return 0;
  }

  private int audited(
      EpochArtefacts artefacts,
      Map<String, JsonNode> views,
      Optional<NodeCapability> capability,
      boolean contested) {
    Signatures signatures = Context.signatures();
    Optional<EvmAddress> node = name.isEmpty() ? Optional.empty() : Optional.of(address());
    List<ServedSlots> served =
        node.map(which -> ServedSlots.ask(context, artefacts, which, signatures)).orElse(List.of());
    AuditedEpoch audited =
        new AuditedEpoch(
            artefacts, EpochAudit.of(artefacts, signatures), served, Names.of(context));
    EpochExplanation said = new EpochExplanation(epoch, views, audited.names());
    if (asJson()) {
      ObjectNode json = new AuditedEpochJson(audited).of(said.stageName(), node);
      capability.ifPresent(found -> json.set("capability", found.json()));
      context.console().json(json);
    } else {
      audited.print(context.console(), said.stage(), node);
      capability.ifPresent(found -> found.print(context.console()));
      said.printEquivocators(context.console());
    }
    if (contested) {
      NodeEntry entry = context.network().node(name);
      new DisputeWriter(context, audited).write(entry, node.orElseThrow(), reason, dispute);
      context.console().err().println("The dispute of " + name + " is in " + dispute + ".");
    }
    return audited.audit().holds() ? 0 : 1;
  }

  private Map<String, JsonNode> views() {
    Map<String, JsonNode> views = new LinkedHashMap<>();
    for (NodeEntry oracle : context.oracles()) {
      try {
        views.put(oracle.name(), context.client(oracle).get("/v1/epochs/" + epoch + "?limit=1000"));
      } catch (R1Exception e) {
        // An oracle that is down or was not there explains nothing; the others do.
      }
    }
    if (views.isEmpty()) {
      throw new R1Exception(
          UNKNOWN,
          "No oracle knows anything about epoch " + epoch + ".",
          "See which epoch it is: ./r1 status.");
    }
    return views;
  }

  private EvmAddress address() {
    String node = context.network().node(name).name();
    return context.nodeNames().entrySet().stream()
        .filter(e -> e.getValue().equals(node))
        .map(e -> EvmAddress.parse(e.getKey()))
        .findFirst()
        .orElseThrow(
            () ->
                new R1Exception(
                    UNKNOWN, node + " has no address yet.", "It gets one when it first starts."));
  }
}

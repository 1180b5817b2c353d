package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.devnet.NodeEntry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains an epoch. */
@Command(
    name = "explain",
    description = "Shows what each oracle saw, what they agreed on, and who signed it.",
    mixinStandardHelpOptions = true,
    footer = {"", "With a node: also the slots each oracle missed it in, with times."})
final class EpochExplainCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode UNKNOWN = new ErrorCode("R1-CLI-005");

  private final Context context;

  @Parameters(index = "0", paramLabel = "EPOCH", description = "Its number.")
  private long epoch;

  @Parameters(index = "1", paramLabel = "NODE", arity = "0..1", description = "A node's name.")
  private String name = "";

  EpochExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
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
    if (asJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      views.forEach(json::set);
      context.console().json(json);
      return 0;
    }
    String address = name.isEmpty() ? "" : addressOf(context.network().node(name).name());
    new EpochExplanation(epoch, views, Names.of(context)).print(context.console(), address);
    return 0;
  }

  private String addressOf(String node) {
    return context.nodeNames().entrySet().stream()
        .filter(e -> e.getValue().equals(node))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new R1Exception(
                    UNKNOWN, node + " has no address yet.", "It gets one when it first starts."));
  }
}

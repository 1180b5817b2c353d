package ai.ratio1.cli;

import ai.ratio1.base.R1Exception;
import ai.ratio1.devnet.NodeEntry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows who is there. */
@Command(
    name = "status",
    description = "Shows every node: whether it is ready, and if not, why.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status 1 when no node answers."})
final class StatusCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    List<List<String>> rows = new ArrayList<>();
    int answered = 0;
    for (NodeEntry node : context.network().nodes()) {
      ObjectNode entry = nodes.addObject().put("name", node.name());
      try {
        JsonNode status = context.client(node).get("/v1/status");
        entry.set("status", status);
        rows.add(row(node, status));
        answered++;
      } catch (R1Exception e) {
        entry.put("error", e.code().text());
        rows.add(List.of(node.name(), "-", "down", "-", "-", e.getMessage()));
      }
    }
    if (asJson()) {
      context.console().json(nodes);
    } else {
      context.console().table(List.of("NODE", "ROLE", "STATE", "DEED", "EPOCH", "WHY"), rows);
    }
    return answered == 0 ? 1 : 0;
  }

  private static List<String> row(NodeEntry node, JsonNode status) {
    boolean ready = status.path("ready").asBoolean();
    JsonNode boot = status.path("boot");
    String state = ready ? "ready" : boot.path("stage").asText("starting").toLowerCase(Locale.ROOT);
    String code = boot.path("code").asText("");
    return List.of(
        node.name(),
        status.path("role").asText("-").toLowerCase(Locale.ROOT),
        state,
        status.path("session").path("licence").asText("-"),
        status.path("epoch").path("epoch").asText("-"),
        ready ? "" : (code.isEmpty() ? "" : code + ": ") + boot.path("reason").asText(""));
  }
}

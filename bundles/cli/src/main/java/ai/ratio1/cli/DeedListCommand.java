package ai.ratio1.cli;

import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.Licence;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the deeds of the network. */
@Command(
    name = "list",
    description = "Lists every deed: owner, node, R1 paid out so far.",
    mixinStandardHelpOptions = true)
final class DeedListCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  DeedListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Names names = Names.of(context);
    try (ChainConnection chain = context.connect()) {
      List<Licence> licences = chain.licences().all();
      if (asJson()) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        licences.forEach(l -> array.add(names.describe(l)));
        context.console().json(array);
        return 0;
      }
      List<List<String>> rows = new ArrayList<>();
      for (Licence licence : licences) {
        rows.add(
            List.of(
                licence.id().toString(),
                names.owner(licence.owner()),
                licence.banned() ? "banned" : licence.node().map(names::node).orElse("not linked"),
                R1Amount.text(licence.claimed())));
      }
      context.console().table(List.of("DEED", "OWNER", "NODE", "PAID R1"), rows);
      return 0;
    }
  }
}

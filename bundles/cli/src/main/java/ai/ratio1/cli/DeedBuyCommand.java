package ai.ratio1.cli;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Buys deeds. */
@Command(
    name = "buy",
    description = "Buys Node Deeds with R1; the devnet's test signer attests the owner first.",
    mixinStandardHelpOptions = true)
final class DeedBuyCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Who buys and pays; default ${DEFAULT-VALUE}.")
  private String owner = "alice";

  @Option(names = "--count", paramLabel = "N", description = "How many; default ${DEFAULT-VALUE}.")
  private int count = 1;

  DeedBuyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (ChainConnection chain = context.connect();
        Account buyer = context.open(owner)) {
      context.verify(chain, buyer);
      BigInteger price = chain.licences().price();
      List<LicenceId> bought = chain.licences().buy(buyer, count, price);
      String ids = bought.stream().map(LicenceId::toString).collect(Collectors.joining(", "));
      BigInteger paid = price.multiply(BigInteger.valueOf(count));
      report(
          context.console(),
          "%s bought %s for %s R1. Link it: ./r1 deed link %s NODE"
              .formatted(owner, ids, R1Amount.text(paid), bought.get(0)),
          json -> {
            json.put("owner", buyer.address().toHex()).put("paid", paid.toString());
            ArrayNode licences = json.putArray("licences");
            bought.forEach(id -> licences.add(id.toString()));
          });
      return 0;
    }
  }
}

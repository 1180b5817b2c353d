package ai.ratio1.cli;

import ai.ratio1.chain.Deployment.Progress;
import ai.ratio1.devnet.deployment.AddressesFile;
import ai.ratio1.devnet.deployment.NetworkConfiguration;
import ai.ratio1.devnet.deployment.ResumableDeployment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deploys contracts. */
@Command(
    name = "deploy",
    description =
        "Deploys all contracts of a new network, verifies them, and writes where they are.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Run it again after whatever stopped it: it continues and deploys nothing twice. When the",
      "addresses file is there, it sends nothing and verifies the network once more."
    })
final class ContractsDeployCommand extends OutputOption implements Callable<Integer> {

  private final Context context;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "What is deployed, where, and with which keystore.")
  private Path config = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "ADDRESSES",
      required = true,
      description = "The file for the addresses; a journal lies beside it until it is whole.")
  private Path out = Path.of("");

  @Option(
      names = "--dry-run",
      description = "Send and write nothing; show where everything would be.")
  private boolean dryRun;

  ContractsDeployCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ResumableDeployment deployment =
        new ResumableDeployment(
            Context.connector(), new SecureRandom(), NetworkConfiguration.read(config), out);
    if (dryRun) {
      show(
          deployment.foresee(),
          "Nothing was sent. This holds until the deployer's key sends something else.");
      return 0;
    }
    ResumableDeployment.Result result = deployment.carryOut(this::show);
    show(
        result.addresses(),
        "%s. %d answers of chain %d are as planned. Addresses: %s"
            .formatted(
                sentence(result.work()), result.answers(), result.addresses().chainId(), out));
    return 0;
  }

  private static String sentence(ResumableDeployment.Work work) {
    return switch (work) {
      case DEPLOYED -> "Deployed";
      case CONTINUED -> "Continued and deployed";
      case VERIFIED -> "Nothing was sent";
    };
  }

  private void show(Progress progress) {
    if (!asJson()) {
      context
          .console()
          .err()
          .println(progress.done() + " of " + progress.all() + " contracts are on the chain");
    }
  }

  private void show(AddressesFile addresses, String sentence) {
    if (asJson()) {
      context.console().json(addresses.toJson());
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    addresses.contracts().forEach((name, at) -> rows.add(List.of(name, at)));
    rows.add(List.of("(governance)", addresses.governance()));
    context.console().table(List.of("CONTRACT", "ADDRESS"), rows);
    context.console().line(sentence);
  }
}

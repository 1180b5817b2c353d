package ai.ratio1.cli;

import picocli.CommandLine.Command;

/** Groups what can be done with the contracts of a whole network. */
@Command(
    name = "contracts",
    description = "Deploys the contracts of a network to any EVM chain.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class ContractsCommand {}

package ai.ratio1.cli;

import picocli.CommandLine.Command;

/** Groups what can be asked about epochs. */
@Command(
    name = "epoch",
    description = "Asks about epochs.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class EpochCommand {}

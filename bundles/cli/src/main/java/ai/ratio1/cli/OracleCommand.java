package ai.ratio1.cli;

import picocli.CommandLine.Command;

/** Groups what can be asked about oracles. */
@Command(
    name = "oracle",
    description = "Asks about oracles.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class OracleCommand {}

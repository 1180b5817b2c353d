package ai.ratio1.cli;

import picocli.CommandLine.Command;

/** Groups what can be reckoned about the economy. */
@Command(
    name = "economy",
    description = "Reckons with the rules of the token and licence economy.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class EconomyCommand {}

package ai.ratio1.cli;

import picocli.CommandLine.Command;

/** Groups what can be done with Node Deeds. */
@Command(
    name = "deed",
    description = "Lists, buys, links and unlinks Node Deeds.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class DeedCommand {}

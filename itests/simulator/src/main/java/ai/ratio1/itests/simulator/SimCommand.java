package ai.ratio1.itests.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs seeds and says which of them broke a promise. */
@Command(
    name = "r1 sim",
    mixinStandardHelpOptions = true,
    versionProvider = SimCommand.Version.class,
    description =
        "Agrees on epochs in made-up networks and checks every promise after every event.",
    sortOptions = false,
    footer = {
      "",
      "A seed decides everything that the options leave open, and always in the",
      "same way. A run that fails is printed with the options that run it again;",
      "add --trace to see its events.",
      "Exit status: 0 every run was good, 1 a promise was broken or an oracle was",
      "left undecided, 2 misused."
    })
final class SimCommand implements Callable<Integer> {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many runs; default ${DEFAULT-VALUE}.")
  private int seeds = 1_000;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      description = "The first seed; default ${DEFAULT-VALUE}.")
  private long from;

  @Option(
      names = "--oracles",
      paramLabel = "n",
      description = "4 to 31; else 4, 7, 13 or 31 in 70, 20, 9 and 1 %% of the seeds.")
  private @Nullable Integer oracles;

  @Option(
      names = "--adversary",
      paramLabel = "A",
      completionCandidates = Adversaries.class,
      description = "What f oracles do; else as the seed decides: ${COMPLETION-CANDIDATES}.")
  private @Nullable Foe adversary;

  @Option(
      names = "--weather",
      paramLabel = "W",
      completionCandidates = Weathers.class,
      description = "What the network does; else as the seed decides: ${COMPLETION-CANDIDATES}.")
  private @Nullable Weather weather;

  @Option(
      names = "--mutant",
      paramLabel = "M",
      completionCandidates = Mutants.class,
      description =
          "Puts a fault into the engine, to see it found: ${COMPLETION-CANDIDATES}."
              + " It decides oracles, adversary and weather as well.")
  private @Nullable Mutant mutant;

  @Option(
      names = "--decisions",
      description =
          "Decides values in place of epochs; else one of eight seeds does, if it may choose.")
  private boolean decisions;

  @Option(names = "--trace", description = "Prints every event; for one run.")
  private boolean trace;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "How many runs at a time; default: as many as cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Output output = Output.table;

  private final PrintStream out;
  private final PrintStream err;

  private SimCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command line. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(line(out, err).execute(arguments));
  }

  static CommandLine line(PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(new SimCommand(out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.registerConverter(Foe.class, text -> constant(Foe.values(), text));
    line.registerConverter(Weather.class, text -> constant(Weather.values(), text));
    line.registerConverter(Mutant.class, text -> constant(Mutant.values(), text));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          err.println("r1 sim: " + failure.getMessage());
          return failure instanceof IllegalArgumentException
              ? CommandLine.ExitCode.USAGE
              : CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }

  @Override
  public Integer call() {
    check();
    long start = System.nanoTime();
    boolean good = trace ? traced() : campaign(start);
    return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void check() {
    require(seeds >= 1, "--seeds must be 1 or more");
    require(threads >= 1, "--threads must be 1 or more");
    require(!trace || seeds == 1, "--trace shows one run: add --seeds 1");
    require(oracles == null || (oracles >= 4 && oracles <= 31), "--oracles must be 4 to 31");
    require(
        mutant == null || (oracles == null && adversary == null && weather == null && !decisions),
        "--mutant decides oracles, adversary and weather itself");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private Scenario scenario(long seed) {
    if (mutant != null) {
      return mutant.scenario(seed);
    }
    boolean free = oracles == null && adversary == null && weather == null;
    Scenario of = Scenario.of(seed, Optional.ofNullable(oracles).orElse(Scenario.oraclesOf(seed)));
    Scenario chosen = decisions || (free && Scenario.aboutSlots(seed)) ? of.deciding() : of;
    return chosen.with(
        Optional.ofNullable(weather).orElse(chosen.weather()),
        Optional.ofNullable(adversary).orElse(chosen.foe()));
  }

  private boolean traced() {
    Report report =
        Simulation.run(
            scenario(from),
            event ->
                out.println(
                    output == Output.json
                        ? JsonNodeFactory.instance
                            .objectNode()
                            .put("at", event.at())
                            .put("oracle", event.oracle())
                            .put("what", event.what())
                        : event.line()));
    if (output == Output.json) {
      out.println(failure(report).put("good", report.good()));
    } else {
      out.println(report.scenario().course());
      out.println(report.good() ? "good" : "FAILED " + report.complaint());
    }
    return report.good();
  }

  private boolean campaign(long start) {
    Progress progress = new Progress(err, seeds, start);
    Campaign campaign = Campaign.run(from, seeds, this::scenario, threads, progress::done);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (output == Output.json) {
      out.println(json(campaign, seconds).toPrettyString());
    } else {
      for (Report report : campaign.bad()) {
        out.println("FAILED ./r1 sim " + replay(report) + ": " + report.complaint());
      }
      out.println(campaign.summary() + String.format(Locale.ROOT, " seconds=%.1f", seconds));
    }
    return campaign.good();
  }

  private String replay(Report report) {
    return mutant == null
        ? report.options()
        : "--from %d --seeds 1 --mutant %s".formatted(report.scenario().seed(), Words.of(mutant));
  }

  private ObjectNode json(Campaign campaign, double seconds) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("runs", campaign.runs())
            .put("violations", campaign.violated())
            .put("undecided", campaign.undecided())
            .put("seconds", Math.round(seconds * 10) / 10.0)
            .put("p50Millis", campaign.percentile(0.5))
            .put("p99Millis", campaign.percentile(0.99))
            .put("mostMessagesHeld", campaign.largest());
    ArrayNode failures = json.putArray("failures");
    campaign.bad().forEach(report -> failures.add(failure(report)));
    return json;
  }

  private ObjectNode failure(Report report) {
    Scenario scenario = report.scenario();
    return JsonNodeFactory.instance
        .objectNode()
        .put("seed", scenario.seed())
        .put("oracles", scenario.oracles())
        .put("adversary", Words.of(scenario.foe()))
        .put("weather", Words.of(scenario.weather()))
        .put("replay", "./r1 sim " + replay(report))
        .put("complaint", report.good() ? "" : report.complaint());
  }

  private static <E extends Enum<E>> E constant(E[] all, String text) {
    return Stream.of(all)
        .filter(constant -> Words.of(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "'%s' is none of %s"
                        .formatted(
                            text, String.join(", ", Stream.of(all).map(Words::of).toList()))));
  }

  /** How the command answers. */
  enum Output {
    /** For people. */
    table,
    /** For programs: one JSON value, or one per line for a trace. */
    json
  }

  /** The version of the whole. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SimCommand.class.getPackage().getImplementationVersion();
      return new String[] {"r1 sim " + (version == null ? "(not packaged)" : version)};
    }
  }

  private abstract static class Names implements Iterable<String> {
    private final List<String> names;

    Names(Enum<?>[] all) {
      names = Stream.of(all).map(Words::of).toList();
    }

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }

  private static final class Adversaries extends Names {
    Adversaries() {
      super(Foe.values());
    }
  }

  private static final class Weathers extends Names {
    Weathers() {
      super(Weather.values());
    }
  }

  private static final class Mutants extends Names {
    Mutants() {
      super(Mutant.values());
    }
  }
}

package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.client.OracleChoice;
import ai.ratio1.client.OracleChoice.Candidate;
import ai.ratio1.client.OracleChoice.Choice;
import ai.ratio1.client.Reputations;
import ai.ratio1.devnet.NodeEntry;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Chooses oracles to rely on. */
@Command(
    name = "choose",
    description =
        "Chooses the oracles that fail least for what they cost (whitepaper, equation 1).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An oracle fails with the probability that its reputation lacks to a full one; its cost is the",
      "median time of a round trip from here. A set of k fails when more than (k-1)/3 of it fail."
    })
final class OracleChooseCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode NO_CHOICE = new ErrorCode("R1-CLI-007");
  private static final int MICROS = 1000;

  private final Context context;

  @Option(
      names = "--budget",
      paramLabel = "MS",
      description = "Milliseconds that asking all of them in turn may take; default 1000.")
  private int budget = 1000;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Round trips to measure per oracle, 1 to 20; default 5.")
  private int samples = 5;

  OracleChooseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (budget < 0 || samples < 1 || samples > 20) {
      throw new IllegalArgumentException("--budget is at least 0, --samples 1 to 20.");
    }
    Reputations reputations = reputations();
    List<Candidate> candidates = new ArrayList<>();
    for (NodeEntry oracle : context.oracles()) {
      RoundTrips.measure(context.client(oracle), samples, System::nanoTime)
          .filter(trips -> reputations.values().containsKey(trips.oracle()))
          .ifPresent(
              trips ->
                  candidates.add(
                      new Candidate(
                          trips.oracle(),
                          reputations.failure(trips.oracle()),
                          trips.medianMicros())));
    }
    Optional<Choice> choice = OracleChoice.within(candidates, (long) budget * MICROS);
    print(
        reputations,
        candidates,
        choice.orElseThrow(
            () ->
                new R1Exception(
                    NO_CHOICE,
                    "No oracle answers within " + budget + " ms.",
                    "Allow more: --budget, or see which oracles run: ./r1 status.")));
    return 0;
  }

  /** Of the newest certified epoch that an oracle knows the truth about. */
  private Reputations reputations() {
    R1Exception why =
        new R1Exception(
            NO_CHOICE, "No oracle tells reputations.", "See whether they run: ./r1 status.");
    for (NodeEntry oracle : context.oracles()) {
      NodeClient client = context.client(oracle);
      try {
        long newest = client.get("/v1/epochs?limit=1").path("newestCertified").asLong(-1);
        if (newest >= 0) {
          return Reputations.of(client.get("/v1/epochs/" + newest + "?limit=1"));
        }
      } catch (R1Exception e) {
        why = e;
      }
    }
    throw why;
  }

  private void print(Reputations reputations, List<Candidate> candidates, Choice choice) {
    if (asJson()) {
      context.console().json(json(reputations, candidates, choice));
      return;
    }
    Names names = Names.of(context);
    List<List<String>> rows = new ArrayList<>();
    for (Candidate candidate : candidates) {
      rows.add(
          List.of(
              names.node(candidate.oracle()),
              String.format(Locale.ROOT, "%.4f", candidate.failure()),
              millis(candidate.cost()),
              choice.oracles().contains(candidate) ? "yes" : ""));
    }
    context.console().table(List.of("ORACLE", "FAILS", "MS", "CHOSEN"), rows);
    context
        .console()
        .line(
            String.format(
                Locale.ROOT,
                "%nAfter epoch %d: %d chosen, %d may fail, P(failure) = %.3g, %s of %d ms.",
                reputations.epoch(),
                choice.oracles().size(),
                choice.faults(),
                choice.failure(),
                millis(choice.cost()),
                budget));
  }

  private ObjectNode json(Reputations reputations, List<Candidate> candidates, Choice choice) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("epoch", reputations.epoch());
    json.put("budgetMicros", (long) budget * MICROS);
    json.put("failure", choice.failure());
    json.put("costMicros", choice.cost());
    json.put("faults", choice.faults());
    ArrayNode oracles = json.putArray("oracles");
    for (Candidate candidate : candidates) {
      EvmAddress oracle = candidate.oracle();
      oracles
          .addObject()
          .put("oracle", oracle.toHex())
          .put("reputation", reputations.values().get(oracle))
          .put("failure", candidate.failure())
          .put("costMicros", candidate.cost())
          .put("chosen", choice.oracles().contains(candidate));
    }
    return json;
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.2f", micros / (double) MICROS);
  }
}

package ai.ratio1.cli;

import ai.ratio1.base.EvmAddress;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Puts an epoch into words, from what every oracle says of it. */
final class EpochExplanation {

  private static final int FAR_FROM_AGREED = 5;
  private static final double FULL_REPUTATION = 65_536;

  private final long epoch;
  private final Map<String, JsonNode> views;
  private final Names names;
  private final JsonNode best;

  EpochExplanation(long epoch, Map<String, JsonNode> views, Names names) {
    this.epoch = epoch;
    this.views = views;
    this.names = names;
    this.best =
        views.values().stream()
            // One that caught up knows the outcome, but not the tables behind it.
            .max(Comparator.comparingInt(EpochExplanation::knowledge))
            .orElseThrow();
  }

  private static int knowledge(JsonNode view) {
    return (view.path("certificate").isObject() ? 2 : 0)
        + (view.path("observations").isEmpty() ? 0 : 1);
  }

  void print(Console console, String address) {
    console.line(
        "Epoch %d, %s to %s, %d slots: %s"
            .formatted(
                epoch,
                best.path("startsAt").asText("?"),
                best.path("endsAt").asText("?"),
                best.path("slots").asInt(),
                stage()));
    printCertificate(console);
    printEquivocators(console);
    printRows(console, address);
    if (!address.isEmpty()) {
      printMissed(console, address);
    }
  }

  /** How far the epoch got, for programs. */
  String stageName() {
    return best.path("stage").asText();
  }

  /** How far the epoch got, in words. */
  String stage() {
    return switch (best.path("stage").asText()) {
      case "OPEN" -> "beats are being counted";
      case "PENDING" ->
          "ended, not certified: "
              + best.path("round")
                  .path("phase")
                  .asText("waiting for the chain")
                  .toLowerCase(Locale.ROOT);
      case "VOIDED" -> "nobody certified it in time; void on chain";
      case "CERTIFIED" -> "certified, not on chain yet";
      default -> "certified and on chain";
    };
  }

  private void printCertificate(Console console) {
    JsonNode outcome = best.path("certificate").path("outcome");
    if (!outcome.isObject()) {
      return;
    }
    console.line("outcome    " + best.path("outcomeHash").asText());
    console.line("signed by  " + oracles(best.path("certificate").path("signers")));
    console.line(
        "observed by %s, left out by θ = %d: %s"
            .formatted(
                oracles(outcome.path("observers")),
                outcome.path("theta").asInt(),
                outcome.path("excluded").isEmpty() ? "nobody" : oracles(outcome.path("excluded"))));
    console.line("view %d".formatted(best.path("certificate").path("view").asLong()));
    if (best.path("oracles").path(0).path("reputation").isNumber()) {
      console.line("reputation " + reputations());
    }
    console.line("");
  }

  private String reputations() {
    return list(best.path("oracles")).stream()
        .map(
            oracle ->
                String.format(
                    Locale.ROOT,
                    "%s %.3f",
                    oracle(oracle.path("index").asInt()),
                    oracle.path("reputation").asInt() / FULL_REPUTATION))
        .collect(Collectors.joining(", "));
  }

  void printEquivocators(Console console) {
    Set<String> caught = new TreeSet<>();
    for (JsonNode view : views.values()) {
      for (JsonNode address : view.path("round").path("equivocators")) {
        caught.add(names.node(EvmAddress.parse(address.asText())));
      }
    }
    if (!caught.isEmpty()) {
      console.line("caught contradicting themselves: " + String.join(", ", caught));
      console.line("");
    }
  }

  private void printRows(Console console, String address) {
    List<JsonNode> observations = list(best.path("observations"));
    List<String> header = new ArrayList<>(List.of("DEED", "NODE"));
    observations.forEach(o -> header.add(oracle(o.path("index").asInt())));
    header.add("AGREED");
    header.add("NOTE");
    List<List<String>> table = new ArrayList<>();
    for (JsonNode row : best.path("rows")) {
      if (address.isEmpty() || row.path("node").asText().equalsIgnoreCase(address)) {
        table.add(cells(row, observations));
      }
    }
    console.table(header, table);
  }

  private List<String> cells(JsonNode row, List<JsonNode> observations) {
    List<String> cells = new ArrayList<>();
    cells.add(row.path("licence").asText());
    cells.add(names.node(EvmAddress.parse(row.path("node").asText())));
    List<String> strange = new ArrayList<>();
    int agreed = row.path("agreed").asInt(-1);
    for (int i = 0; i < observations.size(); i++) {
      JsonNode value = row.path("observed").path(i).path("value");
      cells.add(value.asText("-"));
      if (agreed >= 0 && Math.abs(value.asInt() - agreed) > FAR_FROM_AGREED) {
        strange.add(oracle(observations.get(i).path("index").asInt()));
      }
    }
    cells.add(agreed < 0 ? "-" : Integer.toString(agreed));
    cells.add(strange.isEmpty() ? "" : "far from agreed: " + String.join(", ", strange));
    return cells;
  }

  private void printMissed(Console console, String address) {
    console.line("");
    views.forEach(
        (name, view) -> {
          for (JsonNode row : view.path("rows")) {
            if (row.path("node").asText().equalsIgnoreCase(address)) {
              console.line(name + " " + seen(row.path("own")));
              row.path("own").path("missed").forEach(gap -> console.line("  " + gap(gap)));
            }
          }
        });
  }

  private static String seen(JsonNode own) {
    return own.isObject()
        ? "saw it in %d of %d slots: byte %d"
            .formatted(
                own.path("present").asInt(), own.path("slots").asInt(), own.path("value").asInt())
        : "did not see it";
  }

  private static String gap(JsonNode gap) {
    return "missed %d slots from %s to %s"
        .formatted(gap.path("slots").asInt(), gap.path("from").asText(), gap.path("to").asText());
  }

  private String oracles(JsonNode indexes) {
    return list(indexes).stream().map(i -> oracle(i.asInt())).collect(Collectors.joining(", "));
  }

  private String oracle(int index) {
    String address = best.path("oracles").path(index).path("address").asText();
    return address.isEmpty() ? "#" + index : names.node(EvmAddress.parse(address));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}

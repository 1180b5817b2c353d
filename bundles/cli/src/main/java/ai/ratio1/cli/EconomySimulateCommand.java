package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.economy.MiningRules;
import ai.ratio1.economy.Rules;
import ai.ratio1.economy.simulation.Adoption;
import ai.ratio1.economy.simulation.Month;
import ai.ratio1.economy.simulation.Simulation;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLStreamException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulates the economy. */
@Command(
    name = "simulate",
    description = "Shows supply, emission and burning, month by month, for a given adoption.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Needs no network: it reckons as the contracts do. A month has 30 epochs. Deeds are",
      "sold at the beginning of a month and work from then on; Master deeds exist from",
      "genesis on. By default so many deeds and jobs are sold that the genuine network",
      "would count as fully adopted after 60 months."
    })
final class EconomySimulateCommand extends OutputOption implements Callable<Integer> {

  private static final ErrorCode UNWRITABLE = new ErrorCode("R1-CLI-006");
  private static final int DECIMALS = 18;

  private final Console console;

  @Option(names = "--months", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
  private int months = 60;

  @Option(
      names = "--deeds",
      paramLabel = "N",
      description = "Node Deeds sold a month; default ${DEFAULT-VALUE}.")
  private long deeds = 125;

  @Option(
      names = "--availability",
      paramLabel = "PERCENT",
      description = "Of every node in every epoch; default ${DEFAULT-VALUE}. Jobs need 98.04.")
  private BigDecimal availability = new BigDecimal("99");

  @Option(
      names = "--masters",
      paramLabel = "PERCENT",
      description = "Of what Master deeds may be assigned; default ${DEFAULT-VALUE}.")
  private int masters = 100;

  @Option(
      names = "--jobs",
      paramLabel = "USD",
      description = "What jobs bring a month; default ${DEFAULT-VALUE}.")
  private long jobs = 83_333;

  @Option(
      names = "--price",
      paramLabel = "USD",
      description = "What R1 is worth all the time; default ${DEFAULT-VALUE}.")
  private BigDecimal price = new BigDecimal("0.30");

  @Option(names = "--chart", paramLabel = "FILE.svg", description = "Also draws it into a file.")
  private Path chart = Path.of("");

  EconomySimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Month> simulated = Simulation.run(Rules.CONTRACTS, adoption());
    if (asJson()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      simulated.forEach(month -> array.add(json(month)));
      console.json(array);
    } else {
      print(simulated);
    }
    if (!chart.toString().isEmpty()) {
      draw(simulated);
    }
    return 0;
  }

  private Adoption adoption() {
    BigDecimal most = BigDecimal.valueOf(MiningRules.MAX_AVAILABILITY);
    int credits =
        availability
            .multiply(most)
            .divide(BigDecimal.valueOf(100), 0, RoundingMode.DOWN)
            .intValue();
    BigInteger usdPerR1 = price.movePointRight(DECIMALS).toBigInteger();
    return new Adoption(months, deeds, credits, masters, jobs, usdPerR1);
  }

  private void print(List<Month> simulated) {
    List<List<String>> rows = new ArrayList<>();
    BigInteger before = BigInteger.ZERO;
    for (Month month : simulated) {
      BigInteger mined = month.mined().total();
      rows.add(
          List.of(
              Integer.toString(month.number()),
              Long.toString(month.deeds()),
              whole(month.mined().node()),
              whole(month.mined().master()),
              whole(month.mined().genesis()),
              whole(mined.subtract(before)),
              whole(month.burned().sales()),
              whole(month.burned().jobs()),
              whole(month.supply())));
      before = mined;
    }
    console.line(
        "Whole R1, rounded down. Mined and burned: since genesis; emission: of the month.");
    console.table(
        List.of(
            "MONTH",
            "DEEDS",
            "MINED BY NODE",
            "BY MASTER",
            "BY GENESIS",
            "EMISSION",
            "BURNED BY SALES",
            "BY JOBS",
            "SUPPLY"),
        rows);
  }

  /** Amounts as text, exactly, in 10⁻¹⁸ R1. */
  private static ObjectNode json(Month month) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("month", month.number()).put("deeds", month.deeds());
    json.putObject("mined")
        .put("node", month.mined().node().toString())
        .put("master", month.mined().master().toString())
        .put("genesis", month.mined().genesis().toString());
    json.putObject("burned")
        .put("sales", month.burned().sales().toString())
        .put("jobs", month.burned().jobs().toString());
    return json.put("paidToOperators", month.paidToOperators().toString())
        .put("supply", month.supply().toString());
  }

  private void draw(List<Month> simulated) {
    try (Writer file = Files.newBufferedWriter(chart)) {
      EmissionChart.draw(simulated, file);
    } catch (IOException | XMLStreamException e) {
      throw new R1Exception(
          UNWRITABLE,
          "The chart cannot be written to " + chart + ": " + e.getMessage(),
          "Name a file in a folder that exists and that you may write to.");
    }
  }

  private static String whole(BigInteger amount) {
    return amount.divide(BigInteger.TEN.pow(DECIMALS)).toString();
  }
}

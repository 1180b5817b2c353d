package ai.ratio1.cli;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareProbe;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.NodeClass;
import ai.ratio1.hardware.UnknownFact;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the machine has. */
@Command(
    name = "hardware",
    description =
        "Shows what this machine has, which profile fits it, and whether it can be a node.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status 1 when the machine is unsuitable, or cannot be judged."})
final class HardwareCommand extends OutputOption implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDEST = 100;

  private final Console console;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "A folder with recorded proc, sys, dev and etc of another machine.")
  private Path root = Path.of("/");

  @Option(
      names = "--prepare",
      paramLabel = "DIR",
      description = "Store JVM options and defaults of the profile in this node folder.")
  private @Nullable Path prepare;

  HardwareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(root + " is no folder");
    }
    HardwareProbe probe = ServiceLoader.load(HardwareProbe.class).findFirst().orElseThrow();
    HardwareReport report = probe.look(root);
    Path folder = prepare;
    if (folder != null) {
      report.choice().profile().ifPresent(p -> probe.prepare(p, new NodeFolder(folder).data()));
    }
    if (asJson()) {
      console.json(json(report));
    } else {
      print(report);
    }
    NodeClass judged = report.suitability().nodeClass();
    return judged == NodeClass.UNSUITABLE || judged == NodeClass.UNDECIDED ? 1 : 0;
  }

  private void print(HardwareReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (HardwareFact fact : report.facts()) {
      rows.add(
          List.of(
              fact.kind().label(),
              fact.id(),
              shortened((fact.usable() ? "" : "FAILED ") + text(fact))));
    }
    console.table(List.of("KIND", "ID", "FACTS"), rows);
    for (UnknownFact unknown : report.unknown()) {
      console.line("unknown  " + unknown.what() + ": " + unknown.why());
    }
    console.line("");
    console.line("profile  " + report.choice().reason());
    console.line(
        "verdict  "
            + label(report.suitability().nodeClass())
            + (report.suitability().reasons().isEmpty()
                ? ""
                : ": " + String.join("; ", report.suitability().reasons())));
  }

  private static String text(HardwareFact fact) {
    String readings =
        fact.readings().entrySet().stream()
            .map(reading -> " (" + reading.getKey() + " " + reading.getValue() + ")")
            .collect(Collectors.joining());
    return fact.attributes().entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(" "))
        + readings;
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  private static String label(NodeClass judged) {
    return judged.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static ObjectNode json(HardwareReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Optional<HardwareProfile> profile = report.choice().profile();
    json.put("profile", profile.map(HardwareProfile::id).orElse(null));
    json.put("profileReason", report.choice().reason());
    json.put("class", report.suitability().nodeClass().name());
    ArrayNode reasons = json.putArray("reasons");
    report.suitability().reasons().forEach(reasons::add);
    profile.ifPresent(p -> json.set("limits", JSON.valueToTree(p.limits())));
    ArrayNode facts = json.putArray("facts");
    for (HardwareFact fact : report.facts()) {
      ObjectNode entry = facts.addObject();
      entry.put("kind", fact.kind().label()).put("id", fact.id()).put("usable", fact.usable());
      entry.set("attributes", JSON.valueToTree(fact.attributes()));
      entry.set("readings", JSON.valueToTree(fact.readings()));
    }
    json.set("unknown", JSON.valueToTree(report.unknown()));
    return json;
  }
}

package ai.ratio1.cli;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityKind;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.client.CapabilityStatements;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.outcome.capability.CapabilityJury;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.wire.certificate.CertificateHash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the oracles found about a node's claim, in words and for programs. What they signed is
 * checked, and an answer that one of them calls wrong is computed again.
 *
 * @param found what it comes to
 * @param names names for addresses
 */
record NodeCapability(CapabilityJury.Result found, Names names) {

  /** Asks every oracle; empty when none of them can be asked. */
  static Optional<NodeCapability> ask(Context context, long epoch, EvmAddress node) {
    List<CapabilityStatement> statements = new ArrayList<>();
    Optional<CapabilityJury> jury = Optional.empty();
    Map<String, String> addresses = context.nodeNames();
    for (NodeEntry oracle : context.oracles()) {
      Optional<EvmAddress> address =
          addresses.entrySet().stream()
              .filter(entry -> entry.getValue().equals(oracle.name()))
              .map(entry -> EvmAddress.parse(entry.getKey()))
              .findFirst();
      jury = jury.or(() -> jury(context, oracle));
      address
          .flatMap(own -> CapabilityStatements.ask(context.client(oracle), own, epoch, node))
          .ifPresent(statements::add);
    }
    return jury.map(known -> new NodeCapability(known.weigh(statements), Names.of(context)));
  }

  private static Optional<CapabilityJury> jury(Context context, NodeEntry oracle) {
    try {
      JsonNode status = context.client(oracle).get("/v1/status");
      long chainId = Long.parseLong(status.path("chain").path("chainId").asText());
      long epochMillis = status.path("epoch").path("epochMillis").asLong();
      if (epochMillis < 1) {
        return Optional.empty();
      }
      Bytes32 domain = CertificateHash.domain(chainId, context.network().controllerAddress());
      return Optional.of(
          new CapabilityJury(
              domain,
              Context.signatures(),
              ProofBudgets.ofRelease(),
              Duration.ofMillis(epochMillis)));
    } catch (R1Exception | NumberFormatException e) {
      return Optional.empty(); // Down, or not there yet: the next one may be.
    }
  }

  void print(Console console) {
    console.line("");
    Optional<CapabilityFinding> leading = found.leading();
    if (leading.isEmpty()) {
      console.line("capability nothing claimed, so nothing is proven");
      return;
    }
    CapabilityClaim claim = leading.get().claim();
    console.line(
        "capability claims %d processors, %d MiB of memory, %d GPUs; profile %s"
            .formatted(claim.cores(), claim.memoryMiB(), claim.gpus(), claim.profile()));
    console.line(
        (claim.gpus() > 0 ? "  processors and GPUs " : "  processors ") + words(leading.get()));
    if (claim.memoryMiB() > 0) {
      console.line(
          "  memory DOUBTED, missing: nobody can prove it, so honest nodes do not claim it");
    }
    console.table(
        List.of("  ORACLE", "SAYS", "ANSWER AFTER", "ALLOWED", "COMPUTED AGAIN", "STATEMENT"),
        found.opinions().stream().map(this::row).toList());
  }

  private String words(CapabilityFinding leading) {
    String verdict = found.verdict().name().toLowerCase(Locale.ROOT);
    String why =
        switch (found.verdict()) {
          case PROVEN -> "";
          case LATE -> ": the answer came too late for such a machine";
          case MISSING -> ": no answer came in time";
          case WRONG ->
              leading.wrongSegment() < 0
                  ? ": no machine of this profile has so many, or can prove its GPUs"
                  : ": segment " + leading.wrongSegment() + " of the answer is not what it gives";
          case OPEN -> ": the time to answer is not over";
          case UNPROVEN -> ": no oracle can tell for this epoch";
        };
    return (found.verdict().isFlagged() ? "DOUBTED, " : "") + verdict + why;
  }

  private List<String> row(CapabilityJury.Opinion opinion) {
    CapabilityFinding finding = opinion.statement().finding();
    boolean answered = !finding.work().equals(Bytes32.ZERO);
    return List.of(
        "  " + names.node(opinion.statement().oracle()),
        finding.cores().name().toLowerCase(Locale.ROOT),
        answered ? finding.delay().toMillis() + " ms" : "-",
        finding.allowed().toMillis() + " ms",
        Integer.toString(finding.samples()),
        switch (opinion.worth()) {
          case SIGNED -> "signed";
          case SHOWN -> "signed and shown";
          case NOT_SHOWN -> "signed, but NOT shown: does not count";
          case NOT_SIGNED -> "NOT signed: does not count";
        });
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CapabilityVerdict verdict = found.verdict();
    boolean doubted = found.leading().filter(CapabilityFinding::isDoubted).isPresent();
    json.put("verdict", verdict.name()).put("doubted", doubted);
    found
        .leading()
        .ifPresentOrElse(leading -> json.set("claim", claim(leading)), () -> json.putNull("claim"));
    ArrayNode oracles = json.putArray("oracles");
    for (CapabilityJury.Opinion opinion : found.opinions()) {
      CapabilityFinding finding = opinion.statement().finding();
      oracles
          .addObject()
          .put("oracle", opinion.statement().oracle().toHex())
          .put("name", names.node(opinion.statement().oracle()))
          .put("verdict", finding.cores().name())
          .put("worth", opinion.worth().name())
          .put("work", finding.work().toHex())
          .put("delayMillis", finding.delay().toMillis())
          .put("allowedMillis", finding.allowed().toMillis())
          .put("samples", finding.samples())
          .put("wrongSegment", finding.wrongSegment() < 0 ? null : finding.wrongSegment());
    }
    return json;
  }

  private ObjectNode claim(CapabilityFinding leading) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("profile", leading.claim().profile())
        .put("cores", leading.claim().cores())
        .put("memoryMiB", leading.claim().memoryMiB())
        .put("gpus", leading.claim().gpus());
    ObjectNode verdicts = json.putObject("verdicts");
    for (CapabilityKind kind : CapabilityKind.values()) {
      verdicts.put(kind.name().toLowerCase(Locale.ROOT), leading.verdict(kind).name());
    }
    return json;
  }
}

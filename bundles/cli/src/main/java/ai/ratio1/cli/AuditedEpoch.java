package ai.ratio1.cli;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.EpochAudit;
import ai.ratio1.outcome.Finding;
import ai.ratio1.outcome.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An epoch in words, from what its oracles signed and from nothing else. Where a check does not
 * hold it says so.
 *
 * @param artefacts what there is
 * @param audit what came of checking it
 * @param observations the agreed set; empty when it is not whole
 * @param served what oracles serve of the slots of the node that was asked for
 * @param names names for addresses
 */
record AuditedEpoch(
    EpochArtefacts artefacts,
    EpochAudit.Result audit,
    List<Observation> observations,
    List<ServedSlots> served,
    Names names) {

  private static final int FAR_FROM_AGREED = 5;

  AuditedEpoch(
      EpochArtefacts artefacts, EpochAudit.Result audit, List<ServedSlots> served, Names names) {
    this(artefacts, audit, artefacts.observations().orElse(List.of()), served, names);
  }

  List<Observer> observers() {
    return Observer.of(artefacts.ended(), outcome(), observations);
  }

  EpochOutcome outcome() {
    return artefacts.signed().certificate().outcome();
  }

  /** The agreed byte of a row, as it follows from the tables. */
  Optional<Integer> agreed(int row) {
    return audit.agreed().map(result -> Byte.toUnsignedInt(result.table()[row]));
  }

  void print(Console console, String stage, Optional<EvmAddress> node) {
    long epoch = artefacts.signed().epoch();
    EpochSchedule schedule = artefacts.signed().schedule();
    console.line(
        "Epoch %d, %s to %s, %d slots: %s"
            .formatted(
                epoch, schedule.startOf(epoch), schedule.endOf(epoch), schedule.slots(), stage));
    console.line("outcome    " + artefacts.signed().outcomeHash());
    console.line("view       " + artefacts.signed().certificate().view());
    console.line(
        "signed by  %s; %d of %d were needed"
            .formatted(
                names(artefacts.signed().certificate().signers()),
                artefacts.signed().oracles().quorum(),
                artefacts.signed().oracles().size()));
    console.line("recomputed " + Findings.summary(audit.findings()));
    for (Finding wrong : audit.mismatches()) {
      console.line("  WRONG " + wrong.check() + ": " + wrong.detail());
    }
    console.line("");
    printObservers(console);
    console.line("");
    printRows(console, node);
    if (node.isPresent()) {
      console.line("");
      served.forEach(slots -> printSlots(console, slots));
    }
  }

  private void printObservers(Console console) {
    console.table(
        List.of("ORACLE", "SEEN AT", "REPUTATION", "ITS TABLE"),
        observers().stream()
            .map(
                observer ->
                    List.of(
                        names.node(observer.oracle()),
                        observer.seen().isPresent()
                            ? Integer.toString(observer.seen().getAsInt())
                            : "-",
                        reputation(observer.index()),
                        fate(observer)))
            .toList());
  }

  private String reputation(int index) {
    return audit
        .agreed()
        .flatMap(result -> result.state().standing())
        .map(standing -> standing.now().of(artefacts.signed().oracles()).get(index))
        .map(value -> String.format(Locale.ROOT, "%.3f", value / 65_536.0))
        .orElse("-");
  }

  /** What became of an observation, and why. */
  String fate(Observer observer) {
    return switch (observer.fate()) {
      case COUNTED -> "counted";
      case LEFT_OUT ->
          "left out: the others saw it at "
              + (observer.seen().isPresent() ? observer.seen().getAsInt() : 0)
              + ", below θ = "
              + outcome().theta();
      case ABSENT ->
          artefacts.signed().revealOf(observer.oracle()).isPresent()
              ? "absent: revealed, but too few held it when the set was agreed"
              : "absent: nobody has a reveal of it";
      case BARRED -> "barred: suspended, nothing it says counts";
    };
  }

  private void printRows(Console console, Optional<EvmAddress> node) {
    List<String> header = new ArrayList<>(List.of("DEED", "NODE"));
    observations.forEach(observation -> header.add(names.node(observation.oracle())));
    header.add("MEDIAN");
    header.add("NOTE");
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < artefacts.ended().rows().size(); row++) {
      RegistryRow registered = artefacts.ended().rows().get(row);
      if (node.isEmpty() || node.get().equals(registered.node())) {
        rows.add(cells(registered, row));
      }
    }
    console.table(header, rows);
  }

  private List<String> cells(RegistryRow registered, int row) {
    List<String> cells = new ArrayList<>();
    cells.add(registered.licence().toString());
    cells.add(names.node(registered.node()));
    Optional<Integer> agreed = agreed(row);
    List<String> strange = new ArrayList<>();
    for (Observation observation : observations) {
      int value = Byte.toUnsignedInt(observation.table()[row]);
      cells.add(Integer.toString(value));
      if (agreed.isPresent() && Math.abs(value - agreed.get()) > FAR_FROM_AGREED) {
        strange.add(names.node(observation.oracle()));
      }
    }
    cells.add(agreed.map(String::valueOf).orElse("-"));
    cells.add(strange.isEmpty() ? "" : "far from the median: " + String.join(", ", strange));
    return cells;
  }

  private void printSlots(Console console, ServedSlots slots) {
    String name = names.node(slots.oracle());
    if (slots.slots().isEmpty()) {
      console.line(name + " " + slots.worth().text());
      return;
    }
    var presence = slots.slots().get().presence();
    console.line(
        "%s saw it in %d of %d slots: byte %d (%s)"
            .formatted(
                name,
                presence.present().cardinality(),
                presence.slots(),
                presence.value(),
                slots.worth().text()));
    for (Gap gap : Gap.of(presence, artefacts.signed().epoch(), artefacts.signed().schedule())) {
      console.line("  missed %d slots from %s to %s".formatted(gap.slots(), gap.from(), gap.to()));
    }
  }

  private String names(int bitmap) {
    List<EvmAddress> oracles = artefacts.signed().oracles().oracles();
    List<String> known = new ArrayList<>();
    for (int index = 0; index < oracles.size(); index++) {
      if ((bitmap >>> index & 1) == 1) {
        known.add(names.node(oracles.get(index)));
      }
    }
    return known.stream().collect(Collectors.joining(", "));
  }
}

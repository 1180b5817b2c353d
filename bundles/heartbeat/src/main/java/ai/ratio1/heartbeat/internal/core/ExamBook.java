package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The papers of the newest epochs. Not thread-safe. */
final class ExamBook {

  private final ExamLimits limits;
  private final NavigableMap<Long, Sitting> sittings = new TreeMap<>();
  private int papers;

  /** The papers of one epoch. */
  static final class Sitting {
    private final Map<EvmAddress, ExamPaper> papers = new HashMap<>();
    private final Map<EvmAddress, Integer> messages = new HashMap<>();
    private @Nullable Bytes32 beacon;
    private @Nullable Instant since;
    private final Set<ExamPaper> waiting = new LinkedHashSet<>();

    Optional<Bytes32> beacon() {
      return Optional.ofNullable(beacon);
    }

    Optional<ExamPaper> paper(EvmAddress node) {
      return Optional.ofNullable(papers.get(node));
    }

    /** Counts a message of a node. */
    int count(EvmAddress node) {
      return messages.merge(node, 1, Integer::sum);
    }
  }

  ExamBook(ExamLimits limits) {
    this.limits = limits;
  }

  Sitting sitting(long epoch) {
    Sitting known = sittings.get(epoch);
    if (known != null) {
      return known;
    }
    Sitting begun = new Sitting();
    sittings.put(epoch, begun);
    forget();
    return begun;
  }

  /**
   * Takes the beacon of an epoch.
   *
   * @param since when it was known here; null when that cannot be told
   */
  void learn(long epoch, Bytes32 beacon, @Nullable Instant since) {
    Sitting sitting = sitting(epoch);
    if (sitting.beacon == null) {
      sitting.beacon = beacon;
      sitting.since = since;
      sittings.headMap(epoch - 1).values().forEach(old -> old.messages.clear());
    }
  }

  void add(long epoch, EvmAddress node, ExamPaper paper) {
    Sitting sitting = sitting(epoch);
    sitting.papers.put(node, paper);
    sitting.waiting.add(paper);
    papers++;
  }

  private void forget() {
    while (sittings.size() > limits.epochs()
        || (papers > limits.findings() && sittings.size() > 2)) {
      papers -= sittings.pollFirstEntry().getValue().papers.size();
    }
  }

  /** What is known of a node: what it said in the epoch, or its silence if it claimed before. */
  Optional<CapabilityFinding> finding(long epoch, EvmAddress node, Instant now) {
    Sitting sitting = sittings.get(epoch);
    if (sitting == null) {
      return Optional.empty();
    }
    Optional<ExamPaper> said = sitting.paper(node);
    if (said.isPresent()) {
      return said.map(paper -> paper.finding(epoch, sitting.since, now));
    }
    Instant since = sitting.since;
    Sitting before = sittings.get(epoch - 1);
    return before == null || since == null
        ? Optional.empty()
        : before
            .paper(node)
            .map(paper -> paper.silent().finding(epoch, since, now))
            .filter(finding -> finding.cores() == CapabilityVerdict.MISSING);
  }

  /** The claims whose time is over without an answer, each of them once. */
  List<CapabilityFinding> overdue(Instant now) {
    List<CapabilityFinding> overdue = new ArrayList<>();
    sittings.forEach((epoch, sitting) -> overdue.addAll(overdue(epoch, sitting, now)));
    return overdue;
  }

  private static List<CapabilityFinding> overdue(long epoch, Sitting sitting, Instant now) {
    List<CapabilityFinding> overdue = new ArrayList<>();
    for (Iterator<ExamPaper> each = sitting.waiting.iterator(); each.hasNext(); ) {
      ExamPaper paper = each.next();
      CapabilityFinding finding = paper.finding(epoch, sitting.since, now);
      if (finding.cores() != CapabilityVerdict.OPEN) {
        each.remove();
        if (finding.cores() == CapabilityVerdict.MISSING && paper.isNewlyDoubted(finding)) {
          overdue.add(finding);
        }
      }
    }
    return overdue;
  }
}

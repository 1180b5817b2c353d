package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Commitments, reveals and tables of one epoch (consensus.md, section 4, rule 1). A table counts
 * when its reveal opens a commitment that came in time and its rows are what the epoch has.
 */
final class Gathering {

  private final Committee committee;
  private final int rows;
  private final NavigableMap<Integer, Signed<ObsCommit>> commits = new TreeMap<>();
  private final NavigableMap<Integer, Signed<ObsReveal>> reveals = new TreeMap<>();
  // The tables whose reveal opens the commitment of its oracle.
  private final Map<Integer, Bytes32> opened = new HashMap<>();
  private final Set<Integer> late = new HashSet<>();
  // Whether a table that is here has the right rows.
  private final Map<Bytes32, Boolean> judged = new HashMap<>();
  private boolean closed;

  Gathering(Committee committee, int rows) {
    this.committee = committee;
    this.rows = rows;
  }

  @Nullable Signed<ObsCommit> commitOf(int oracle) {
    return commits.get(oracle);
  }

  @Nullable Signed<ObsReveal> revealOf(int oracle) {
    return reveals.get(oracle);
  }

  /** Whether an oracle took part in the epoch so far. */
  boolean heard(int oracle) {
    return commits.containsKey(oracle);
  }

  int committed() {
    return commits.size();
  }

  boolean quorumCommitted() {
    return commits.size() >= committee.quorum();
  }

  /** Ends the commitment window. */
  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  void commit(int oracle, Signed<ObsCommit> commit, boolean inTime) {
    commits.put(oracle, commit);
    if (!inTime) {
      late.add(oracle);
    }
    open(oracle);
  }

  void reveal(int oracle, Signed<ObsReveal> reveal) {
    reveals.put(oracle, reveal);
    open(oracle);
  }

  private void open(int oracle) {
    Signed<ObsCommit> commit = commits.get(oracle);
    Signed<ObsReveal> reveal = reveals.get(oracle);
    if (commit != null && reveal != null && reveal.message().opens(commit.message())) {
      opened.put(oracle, reveal.message().tableHash());
    }
  }

  /** Whether an honest oracle can have revealed this. */
  boolean plausible(ObsReveal reveal) {
    return reveal.length() > 0
        && reveal.length() <= TableBytes.limit(rows)
        && reveal.cid().equals(ObsReveal.rawCid(reveal.tableHash()));
  }

  /** Judges a table that is here; false when no table of this epoch can be that. */
  boolean judge(Bytes32 tableHash, byte[] deflated) {
    return judged.computeIfAbsent(
        tableHash, hash -> TableBytes.inflate(deflated, rows).isPresent());
  }

  boolean holds(Bytes32 tableHash) {
    return judged.getOrDefault(tableHash, false);
  }

  boolean holdsAll(Inputs inputs) {
    for (Bytes32 table : inputs.tables()) {
      if (!holds(table)) {
        return false;
      }
    }
    return true;
  }

  /** Drops judgements that no reveal needs; they can be made again. */
  void tidy() {
    Set<Bytes32> needed = new HashSet<>();
    reveals.values().forEach(reveal -> needed.add(reveal.message().tableHash()));
    judged.keySet().retainAll(needed);
  }

  /** Oracles whose revealed table is neither here nor known to be worthless. */
  List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int oracle : commits.keySet()) {
      opened(oracle).filter(hash -> !judged.containsKey(hash)).ifPresent(h -> missing.add(oracle));
    }
    return missing;
  }

  /** Per oracle the table it vouches for that is held here, or zero. */
  List<Bytes32> seen(boolean lateToo) {
    List<Bytes32> seen = new ArrayList<>();
    for (int oracle = 0; oracle < committee.size(); oracle++) {
      boolean counts = lateToo || !late.contains(oracle);
      seen.add(opened(oracle).filter(hash -> counts && holds(hash)).orElse(Bytes32.ZERO));
    }
    return seen;
  }

  /** Whether everybody who committed in time has delivered, as far as it ever will. */
  boolean complete(boolean lateToo) {
    for (int oracle : commits.keySet()) {
      boolean counts = lateToo || !late.contains(oracle);
      if (counts && opened(oracle).filter(judged::containsKey).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** How many tables are held. */
  int tables() {
    return (int) seen(true).stream().filter(hash -> !hash.equals(Bytes32.ZERO)).count();
  }

  /** The table an oracle revealed, if its reveal opens its commitment. */
  Optional<Bytes32> opened(int oracle) {
    return Optional.ofNullable(opened.get(oracle));
  }

  int size() {
    return commits.size() + reveals.size() + judged.size();
  }
}

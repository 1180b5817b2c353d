package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inclusion rule (consensus.md, section 4, rule 3): S holds exactly the tables that at least
 * f+1 of the statements vouch for, so the leader can neither drop nor add any. A barred oracle's
 * table is never in it, whoever vouches.
 */
final class Inclusion {

  private Inclusion() {}

  /** S for a quorum of statements. */
  static Inputs of(List<NewView> statements, Committee committee) {
    int observers = 0;
    List<Bytes32> tables = new ArrayList<>();
    for (int i = 0; i < committee.size(); i++) {
      Optional<Bytes32> table =
          committee.set().isBarred(i)
              ? Optional.empty()
              : tableOf(i, statements, committee.faults() + 1);
      if (table.isPresent()) {
        observers |= 1 << i;
        tables.add(table.get());
      }
    }
    return new Inputs(observers, tables);
  }

  private static Optional<Bytes32> tableOf(int oracle, List<NewView> statements, int least) {
    Map<Bytes32, Integer> counts = new HashMap<>();
    for (NewView statement : statements) {
      Bytes32 table = statement.seen().get(oracle);
      if (!table.equals(Bytes32.ZERO)) {
        counts.merge(table, 1, Integer::sum);
      }
    }
    int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
    List<Bytes32> leading =
        counts.entrySet().stream()
            .filter(e -> e.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    // Two tables of one oracle that lead equally show an equivocation: neither counts.
    return most >= least && leading.size() == 1 ? Optional.of(leading.get(0)) : Optional.empty();
  }
}

package ai.ratio1.apbft.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.certificate.LeaderOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The oracles of one epoch and their order of leading. Whoever is barred is a stranger here: it
 * keeps its index and counts in n, but nothing it says has effect, and it never leads. Immutable.
 */
final class Committee {

  private final OracleSet set;
  private final Map<EvmAddress, Integer> indices = new HashMap<>();
  private final List<Integer> leaders;
  private final int quorum;
  private final int self;

  /** With equal weights. */
  Committee(OracleSet set, Bytes32 beacon, EvmAddress self, Rules rules) {
    this(set, beacon, List.of(), self, rules);
  }

  /**
   * Fixes the order.
   *
   * @param weights one per oracle, or none
   * @throws IllegalArgumentException unless there are 4 to 31 distinct oracles, and a weight for
   *     each or none
   */
  Committee(OracleSet set, Bytes32 beacon, List<Integer> weights, EvmAddress self, Rules rules) {
    this.set = set;
    for (EvmAddress oracle : set.oracles()) {
      indices.put(oracle, indices.size());
    }
    if (set.size() < 4 || set.size() > 31 || indices.size() != set.size()) {
      throw new IllegalArgumentException("an oracle set has 4 to 31 distinct oracles");
    }
    if (!weights.isEmpty() && weights.size() != set.size()) {
      throw new IllegalArgumentException(weights.size() + " weights for " + set.size());
    }
    indices.values().removeIf(set::isBarred);
    this.leaders = LeaderOrder.of(set, beacon, weights);
    this.quorum = rules.quorum(set);
    this.self = indexOf(self);
  }

  OracleSet set() {
    return set;
  }

  int size() {
    return set.size();
  }

  int faults() {
    return set.faults();
  }

  int quorum() {
    return quorum;
  }

  /** 2f+1: how many tables an outcome needs at least, so that honest ones are the majority. */
  int majorityOfHonest() {
    return 2 * set.faults() + 1;
  }

  /** Bitmap of the oracles that are not barred. */
  int serving() {
    return (1 << size()) - 1 & ~set.barred();
  }

  /** This oracle's index, or −1 when it only listens, as a barred one does. */
  int self() {
    return self;
  }

  /** Index of an oracle, or −1 for strangers and barred ones. */
  int indexOf(EvmAddress oracle) {
    return indices.getOrDefault(oracle, -1);
  }

  EvmAddress oracle(int index) {
    return set.oracles().get(index);
  }

  /** Index of the leader of a view; −1 when everybody is barred. */
  int leader(long view) {
    return leaders.isEmpty() ? -1 : leaders.get((int) (view % leaders.size()));
  }

  /** Everybody but this oracle, beginning with the given one. */
  List<EvmAddress> othersFrom(int first) {
    return IntStream.range(0, size())
        .map(i -> (first + i) % size())
        .filter(i -> i != self && !set.isBarred(i))
        .mapToObj(this::oracle)
        .toList();
  }
}

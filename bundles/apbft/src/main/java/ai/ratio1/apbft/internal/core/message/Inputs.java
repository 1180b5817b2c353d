package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.certificate.InputsHash;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * S: a set of tables, at most one of each oracle.
 *
 * @param observers bitmap of the oracles, by index
 * @param tables SHA-256 of their deflated tables, ascending by index
 */
public record Inputs(int observers, List<Bytes32> tables) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is not one table per observer
   */
  public Inputs {
    tables = List.copyOf(tables);
    if (observers < 0 || Integer.bitCount(observers) != tables.size()) {
      throw new IllegalArgumentException("one table per observer is needed");
    }
  }

  /** How many tables there are. */
  public int size() {
    return tables.size();
  }

  /** inputsDigest. */
  public Bytes32 digest() {
    return InputsHash.of(observers, tables);
  }

  /** The observers' indices, ascending; the k-th belongs to the k-th table. */
  public List<Integer> indices() {
    return IntStream.range(0, 31).filter(i -> (observers >> i & 1) == 1).boxed().toList();
  }

  /** The table of an oracle, if it is in the set. */
  public Optional<Bytes32> table(int index) {
    if ((observers >> index & 1) == 0) {
      return Optional.empty();
    }
    return Optional.of(tables.get(Integer.bitCount(observers & ((1 << index) - 1))));
  }
}

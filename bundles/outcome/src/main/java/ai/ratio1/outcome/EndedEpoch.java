package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import java.math.BigInteger;
import java.util.List;

/**
 * What the chain says about an epoch once a finalised block lies after its end; the same on every
 * oracle.
 *
 * @param epoch the epoch
 * @param schedule its windows
 * @param oracles its oracle set
 * @param beacon beacon(e)
 * @param rows its rows, by licence type and number
 * @param rates what the licence of each row mines in this epoch if its node misses nothing, in
 *     10⁻¹⁸ R1
 * @param lookback what the chain had recorded about the epochs before
 */
public record EndedEpoch(
    long epoch,
    EpochSchedule schedule,
    OracleSet oracles,
    Bytes32 beacon,
    List<RegistryRow> rows,
    List<BigInteger> rates,
    Lookback lookback) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if rows are out of order, or a rate is missing or negative
   */
  public EndedEpoch {
    rows = List.copyOf(rows);
    rates = List.copyOf(rates);
    if (rates.size() != rows.size()) {
      throw new IllegalArgumentException(rates.size() + " rates for " + rows.size() + " rows");
    }
    for (int i = 0; i < rows.size(); i++) {
      RegistryRow row = rows.get(i);
      if (i > 0 && rows.get(i - 1).licence().compareTo(row.licence()) >= 0) {
        throw new IllegalArgumentException("rows out of order at " + row.licence());
      }
      if (rates.get(i).signum() < 0) {
        throw new IllegalArgumentException("a negative rate for " + row.licence());
      }
    }
  }

  /** How many tables the agreed set needs at least: 2f+1. */
  public int fewestTables() {
    return 2 * oracles.faults() + 1;
  }

  /** Index of the row of a node, or −1 when it has none. */
  public int rowOf(EvmAddress node) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).node().equals(node)) {
        return i;
      }
    }
    return -1;
  }
}

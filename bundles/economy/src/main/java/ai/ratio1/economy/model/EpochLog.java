package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was recorded about each epoch.
 *
 * @param records by number of the epoch, from 0
 */
public record EpochLog(List<Recorded> records) {

  /** How an epoch was decided. */
  public enum Kind {
    /** By the certificate of its oracles. */
    CERTIFIED,
    /** By a quorum that voided it: it pays, but no job. */
    VOIDED,
    /** By governance: it pays nothing. */
    VOIDED_BY_GOVERNANCE
  }

  /**
   * A row of an epoch.
   *
   * @param node the node that the licence was linked to throughout
   * @param availability A, 0 to 255
   */
  public record Row(EvmAddress node, int availability) {}

  /**
   * An epoch that is final.
   *
   * @param kind how it was decided
   * @param at when it was recorded, in seconds since 1970
   * @param rows by licence
   * @param rewards the leaves under the newest cumulative root, by licence
   */
  public record Recorded(
      Kind kind, long at, Map<LicenceId, Row> rows, Map<LicenceId, CumulativeReward> rewards) {}

  /** Before epoch 0 is recorded. */
  public static EpochLog empty() {
    return new EpochLog(List.of());
  }

  /** The epoch that is waited for: every smaller one is recorded. */
  public long pending() {
    return records.size();
  }

  /** What was recorded about an epoch. */
  public Optional<Recorded> find(long epoch) {
    return epoch < 0 || epoch >= pending()
        ? Optional.empty()
        : Optional.of(records.get((int) epoch));
  }

  /** The newest leaves. */
  public Map<LicenceId, CumulativeReward> rewards() {
    return find(pending() - 1).map(Recorded::rewards).orElse(Map.of());
  }

  EpochLog with(Recorded recorded) {
    List<Recorded> more = new ArrayList<>(records);
    more.add(recorded);
    return new EpochLog(List.copyOf(more));
  }
}

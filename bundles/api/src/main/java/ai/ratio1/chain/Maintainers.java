package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.util.List;

/**
 * Who signs for releases.
 *
 * @param version counts the sets; signatures hold under one of them only
 * @param threshold how many must sign what makes nodes run something
 * @param stopThreshold how many must sign what only stops
 * @param members up to 32 distinct addresses
 */
public record Maintainers(
    long version, int threshold, int stopThreshold, List<EvmAddress> members) {

  /** Copies the list. */
  public Maintainers {
    members = List.copyOf(members);
  }
}

package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import java.util.List;

/**
 * {@code Escrow.settle}; anybody may.
 *
 * @param jobId the job
 * @param epoch the epoch whose certificate is shown
 * @param rows what the certificate is said to contain
 */
public record SettleNodes(EvmAddress sender, long jobId, long epoch, List<NodeRow> rows)
    implements Step {

  /**
   * A row that is claimed to be of the epoch.
   *
   * @param licence which licence
   * @param node linked to it throughout
   * @param availability A, 0 to 255
   */
  public record NodeRow(LicenceId licence, EvmAddress node, int availability) {}

  @Override
  public Economy after(Economy before) {
    JobEpoch at = JobEpoch.of(before, jobId, epoch);
    if (before.now() >= at.settleableUntil()) {
      throw Refusal.of("SettlementOver", epoch, at.settleableUntil());
    }
    rows.forEach(at::settle);
    return at.done();
  }
}

package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.evm.AbiWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the place of an epoch that nobody certified (consensus.md, section 4, rule 8):
 * each node is paid for the lower median of its bytes in the newest certified epochs, but not for
 * more than the service level. A pure function of what the chain recorded before.
 */
public final class VoidRule {

  /** How many certified epochs the medians are of. */
  public static final int EPOCHS = 7;

  private static final int MOST = 250;

  private VoidRule() {}

  /**
   * Computes a void.
   *
   * @param epoch the epoch that is voided
   * @param previous the state after the epoch before
   * @param previousOutcome outcome hash of the epoch before, or zero for epoch 0
   * @param certified the newest certified epochs before it, {@link #EPOCHS} at most, in any order
   * @param configDigest that of the oracles who sign
   */
  public static VoidedEpoch voided(
      EndedEpoch epoch,
      EpochState previous,
      Bytes32 previousOutcome,
      List<EpochRecord> certified,
      Bytes32 configDigest) {
    List<EpochRecord> basis =
        certified.stream()
            .sorted(Comparator.comparingLong((EpochRecord record) -> record.ended().epoch()))
            .toList();
    byte[] table = medians(epoch, basis);
    EpochState state =
        new EpochState(previous.rewards().plus(epoch, table), unchanged(previous.standing()));
    AbiWords inputs = new AbiWords();
    basis.forEach(record -> inputs.bytes32(record.verdict().outcomeHash()));
    VoidOutcome outcome =
        new VoidOutcome(
            configDigest,
            epoch.epoch(),
            previousOutcome,
            table.length,
            OutcomeRule.registryRoot(epoch.rows()),
            inputs.hash(),
            OutcomeRule.availabilityRoot(epoch, table),
            state.rewards().root(),
            OutcomeRule.sha256(CanonicalDeflate.deflate(table)),
            state.reputationRoot());
    return new VoidedEpoch(outcome, table, state);
  }

  /** What an epoch that governance voided hands on: nobody earned anything. */
  public static EpochState byGovernance(EpochState previous) {
    return new EpochState(previous.rewards(), unchanged(previous.standing()));
  }

  /** Nobody observed or led anything, so nobody's reputation moves. */
  private static Optional<Standing> unchanged(Optional<Standing> before) {
    return before.map(standing -> new Standing(standing.now(), standing.now(), List.of()));
  }

  private static byte[] medians(EndedEpoch epoch, List<EpochRecord> basis) {
    Map<EvmAddress, List<Integer>> bytes = new HashMap<>();
    for (EpochRecord record : basis) {
      for (int row = 0; row < record.table().length; row++) {
        bytes
            .computeIfAbsent(record.ended().rows().get(row).node(), node -> new ArrayList<>())
            .add(Byte.toUnsignedInt(record.table()[row]));
      }
    }
    byte[] table = new byte[epoch.rows().size()];
    for (int row = 0; row < table.length; row++) {
      int[] values =
          bytes.getOrDefault(epoch.rows().get(row).node(), List.of()).stream()
              .mapToInt(value -> value)
              .toArray();
      int median = values.length == 0 ? 0 : LowerMedian.of(values, values.length);
      table[row] = (byte) Math.min(median, MOST);
    }
    return table;
  }
}

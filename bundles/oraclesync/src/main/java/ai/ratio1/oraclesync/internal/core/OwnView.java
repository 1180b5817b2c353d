package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.SlotBitmaps;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What this oracle brings to the agreement on an epoch.
 *
 * @param table one byte per row; empty when it observed nothing it would vouch for
 * @param selfAvailability the byte it measured for itself
 * @param clockOffsetMillis its measured clock offset, −32,768 to 32,767
 * @param bitmapRoot root over the slots it saw everybody in; zero when it vouches for nothing
 */
public record OwnView(
    Optional<byte[]> table, int selfAvailability, int clockOffsetMillis, Bytes32 bitmapRoot) {

  /** Nothing was seen, or nothing of it is known any more. */
  public static final OwnView BLIND = new OwnView(Optional.empty(), 0, 0, Bytes32.ZERO);

  /**
   * Reads a frozen ledger. A table is withheld when nothing was seen at all, which is what a node
   * sees that was down, and when the clock is off by more than {@code clockLimit}: then it may have
   * dropped the beats of healthy nodes (consensus.md, section 2).
   */
  public static OwnView of(
      EndedEpoch epoch,
      Map<EvmAddress, Presence> seen,
      EvmAddress self,
      Duration clockOffset,
      Duration clockLimit) {
    byte[] table = new byte[epoch.rows().size()];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) value(seen, epoch.rows().get(i).node());
    }
    boolean vouches = !seen.isEmpty() && clockOffset.abs().compareTo(clockLimit) <= 0;
    int offset = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, clockOffset.toMillis()));
    return new OwnView(
        vouches ? Optional.of(table) : Optional.empty(),
        value(seen, self),
        offset,
        vouches ? SlotBitmaps.of(epoch, seen).root() : Bytes32.ZERO);
  }

  /** The same with a table of zeros: "I saw nobody". No bitmaps stand behind it. */
  public OwnView silent(int rows) {
    return new OwnView(
        Optional.of(new byte[rows]), selfAvailability, clockOffsetMillis, Bytes32.ZERO);
  }

  private static int value(Map<EvmAddress, Presence> seen, EvmAddress node) {
    Presence presence = seen.get(node);
    return presence == null ? 0 : presence.value();
  }
}

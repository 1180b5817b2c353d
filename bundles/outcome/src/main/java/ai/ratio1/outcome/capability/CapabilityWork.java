package ai.ratio1.outcome.capability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;

/**
 * The work of one node in one epoch. Each segment of a lane begins with the checkpoint before it,
 * so a lane cannot be split among processors, and any segment can be checked alone.
 */
public final class CapabilityWork {

  private static final String PURPOSE = "r1 capability 1";

  private final Bytes32 beacon;
  private final EvmAddress node;
  private final int rounds;
  private final long[] table;

  /** The work that a beacon asks of a node. */
  public CapabilityWork(Bytes32 beacon, EvmAddress node, ProofSize size) {
    this.beacon = beacon;
    this.node = node;
    this.rounds = size.rounds();
    this.table = Walks.table(beacon.toArray());
  }

  /**
   * Works through a segment.
   *
   * @param lane which processor, from 0
   * @param segment which part of the lane, from 0
   * @param from the checkpoint before it; 0 for the first
   * @return the checkpoint after it
   */
  public long segment(int lane, int segment, long from) {
    long[] walks = seed(lane, segment, from);
    Walks.walk(table, walks, rounds);
    return Walks.fold(Walks.GOLDEN, walks);
  }

  private long[] seed(int lane, int segment, long from) {
    MessageDigest digest = Walks.sha512(PURPOSE);
    digest.update(beacon.toArray());
    digest.update(node.toArray());
    digest.update(
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
            .putInt(lane)
            .putInt(segment)
            .putLong(from)
            .array());
    LongBuffer words = ByteBuffer.wrap(digest.digest()).asLongBuffer();
    long[] walks = new long[Walks.AT_ONCE];
    words.get(walks);
    return walks;
  }
}

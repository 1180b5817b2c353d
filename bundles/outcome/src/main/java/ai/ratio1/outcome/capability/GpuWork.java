package ai.ratio1.outcome.capability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The work of a node's graphics processors in one epoch: the same walks as {@link CapabilityWork},
 * tens of thousands at once. This is what the kernels on a device have to give, and how a part of
 * it is checked without one.
 */
public final class GpuWork {

  private static final String PURPOSE = "r1 capability gpu 1";

  private final Bytes32 beacon;
  private final EvmAddress node;
  private final GpuSize size;
  private final long[] table;

  /** The work that a beacon asks of a node. */
  public GpuWork(Bytes32 beacon, EvmAddress node, GpuSize size) {
    this.beacon = beacon;
    this.node = node;
    this.size = size;
    this.table = Walks.table(beacon.toArray());
  }

  /** How much it is. */
  public GpuSize size() {
    return size;
  }

  /** The table that walks go through: 2,048 words, a private copy. */
  public long[] table() {
    return table.clone();
  }

  /**
   * What the walks of a group begin with.
   *
   * @param gpu which graphics processor, from 0
   * @param group which of its groups, from 0
   */
  public long seed(int gpu, int group) {
    MessageDigest digest = Walks.sha512(PURPOSE);
    digest.update(beacon.toArray());
    digest.update(node.toArray());
    digest.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(gpu).putInt(group).array());
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /**
   * Works through a segment of a group.
   *
   * @param segment which part of the group's work, from 0
   * @param from the checkpoint before it; 0 for the first
   * @return the checkpoint after it
   */
  public long segment(int gpu, int group, int segment, long from) {
    long state = Walks.mix(seed(gpu, group) ^ Walks.mix(from + (segment + 1) * Walks.GOLDEN));
    long folded = Walks.GOLDEN;
    long[] walks = new long[Walks.AT_ONCE];
    for (int first = 0; first < size.walks(); first += Walks.AT_ONCE) {
      for (int i = 0; i < Walks.AT_ONCE; i++) {
        state += Walks.GOLDEN;
        walks[i] = Walks.mix(state);
      }
      Walks.walk(table, walks, size.rounds());
      folded = Walks.fold(folded, walks);
    }
    return folded;
  }

  /**
   * All of the work, without a graphics processor.
   *
   * @return checkpoints of eight bytes: processor after processor, group after group
   */
  public byte[] checkpoints() {
    ByteBuffer out = ByteBuffer.allocate(size.places() * Long.BYTES);
    for (int group = 0; group < size.gpus() * size.groups(); group++) {
      long checkpoint = 0;
      for (int segment = 0; segment < size.segments(); segment++) {
        checkpoint = segment(group / size.groups(), group % size.groups(), segment, checkpoint);
        out.putLong(checkpoint);
      }
    }
    return out.array();
  }
}

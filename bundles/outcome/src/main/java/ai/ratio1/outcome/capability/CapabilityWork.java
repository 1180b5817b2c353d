package ai.ratio1.outcome.capability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The work of one node in one epoch. Each segment of a lane begins with the checkpoint before it,
 * so a lane cannot be split among processors, and any segment can be checked alone.
 *
 * <p>A segment is eight random walks through a table of 16 KiB that follows from the beacon. The
 * table fits the first-level cache of every processor; eight walks at once keep its multiplier and
 * its load ports busy, so that a core gains little by working on two lanes. No processor has an
 * instruction for it, unlike for SHA-256, which some compute ten times as fast as others.
 */
public final class CapabilityWork {

  private static final byte[] PURPOSE = "r1 capability 1".getBytes(StandardCharsets.US_ASCII);
  private static final int TABLE = 2048;
  private static final int MASK = TABLE - 1;
  private static final int WALKS = 8;

  /** Of SplitMix64 and of every step: 2^64 divided by the golden ratio, odd. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Bytes32 beacon;
  private final EvmAddress node;
  private final int rounds;
  private final long[] table;

  /** The work that a beacon asks of a node. */
  public CapabilityWork(Bytes32 beacon, EvmAddress node, ProofSize size) {
    this.beacon = beacon;
    this.node = node;
    this.rounds = size.rounds();
    this.table = table(beacon);
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
    walk(table, walks, rounds);
    long folded = GOLDEN;
    for (long walk : walks) {
      folded = (folded ^ walk) * GOLDEN;
      folded ^= folded >>> 32;
    }
    return folded;
  }

  private long[] seed(int lane, int segment, long from) {
    MessageDigest digest = sha512();
    digest.update(PURPOSE);
    digest.update(beacon.toArray());
    digest.update(node.toArray());
    digest.update(
        ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
            .putInt(lane)
            .putInt(segment)
            .putLong(from)
            .array());
    LongBuffer words = ByteBuffer.wrap(digest.digest()).asLongBuffer();
    long[] walks = new long[WALKS];
    words.get(walks);
    return walks;
  }

  /** Unrolled by hand: the compiler keeps eight local variables in registers, but no array. */
  private static void walk(long[] table, long[] walks, int rounds) {
    long a = walks[0];
    long b = walks[1];
    long c = walks[2];
    long d = walks[3];
    long e = walks[4];
    long f = walks[5];
    long g = walks[6];
    long h = walks[7];
    for (int round = 0; round < rounds; round++) {
      a = (a ^ table[(int) a & MASK]) * GOLDEN;
      a ^= a >>> 32;
      b = (b ^ table[(int) b & MASK]) * GOLDEN;
      b ^= b >>> 32;
      c = (c ^ table[(int) c & MASK]) * GOLDEN;
      c ^= c >>> 32;
      d = (d ^ table[(int) d & MASK]) * GOLDEN;
      d ^= d >>> 32;
      e = (e ^ table[(int) e & MASK]) * GOLDEN;
      e ^= e >>> 32;
      f = (f ^ table[(int) f & MASK]) * GOLDEN;
      f ^= f >>> 32;
      g = (g ^ table[(int) g & MASK]) * GOLDEN;
      g ^= g >>> 32;
      h = (h ^ table[(int) h & MASK]) * GOLDEN;
      h ^= h >>> 32;
    }
    walks[0] = a;
    walks[1] = b;
    walks[2] = c;
    walks[3] = d;
    walks[4] = e;
    walks[5] = f;
    walks[6] = g;
    walks[7] = h;
  }

  /** SplitMix64 from the first eight bytes of the beacon's hash. */
  private static long[] table(Bytes32 beacon) {
    MessageDigest digest = sha512();
    digest.update(PURPOSE);
    long state = ByteBuffer.wrap(digest.digest(beacon.toArray())).getLong();
    long[] table = new long[TABLE];
    for (int i = 0; i < TABLE; i++) {
      state += GOLDEN;
      long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      table[i] = mixed ^ (mixed >>> 31);
    }
    return table;
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}

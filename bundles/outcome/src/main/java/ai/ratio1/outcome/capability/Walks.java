package ai.ratio1.outcome.capability;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random walks through a table of 16 KiB that follows from the beacon, eight at once. The table
 * fits the first-level cache of every processor and the shared memory of every graphics processor;
 * eight walks keep the multiplier and the load ports of a core busy, so that a core gains little by
 * working on two lanes. No processor has an instruction for it, unlike for SHA-256, which some
 * compute ten times as fast as others.
 */
final class Walks {

  /** Walks that are made at once. */
  static final int AT_ONCE = 8;

  /** Of SplitMix64 and of every step: 2^64 divided by the golden ratio, odd. */
  static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int TABLE = 2048;
  private static final int MASK = TABLE - 1;
  private static final String PURPOSE = "r1 capability 1";

  private Walks() {}

  /** SplitMix64 from the first eight bytes of the beacon's hash. */
  static long[] table(byte[] beacon) {
    long state = ByteBuffer.wrap(sha512(PURPOSE).digest(beacon)).getLong();
    long[] table = new long[TABLE];
    for (int i = 0; i < TABLE; i++) {
      state += GOLDEN;
      table[i] = mix(state);
    }
    return table;
  }

  /** What SplitMix64 makes of its state. */
  static long mix(long state) {
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Takes the ends of eight walks into what was folded before; {@link #GOLDEN} at the start. */
  static long fold(long folded, long[] walks) {
    for (long walk : walks) {
      folded = (folded ^ walk) * GOLDEN;
      folded ^= folded >>> 32;
    }
    return folded;
  }

  /** A digest that has taken the purpose. */
  static MessageDigest sha512(String purpose) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(purpose.getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  /** Unrolled by hand: the compiler keeps eight local variables in registers, but no array. */
  static void walk(long[] table, long[] walks, int rounds) {
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
}

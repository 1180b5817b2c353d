package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The values of a run about slots, and what honest oracles call them: a value says itself what it
 * is, and for some it takes each oracle a while to find out.
 */
final class Values {

  /** Nobody honest ever votes for such a value by itself. */
  static final int BAD = 0;

  private static final int GOOD = 1;
  private static final int UNKNOWN_AT_FIRST = 2;
  private static final int BAD_AT_FIRST = 3;
  private static final int SETTLED = 6_000;

  private final Scenario scenario;

  Values(Scenario scenario) {
    this.scenario = scenario;
  }

  /** A value that is good in the end. */
  Octets good(int oracle, Slot slot, RandomGenerator random) {
    int kind = random.nextInt(4) > 0 ? GOOD : random.nextInt(UNKNOWN_AT_FIRST, BAD_AT_FIRST + 1);
    return value(kind, oracle, slot, random.nextInt(64));
  }

  /** A value that never is. */
  static Octets bad(int oracle, Slot slot) {
    return value(BAD, oracle, slot, 0);
  }

  /** Another value of the same kind. */
  static Octets changed(Octets value) {
    byte[] bytes = value.toArray();
    bytes[bytes.length - 1]++;
    return Octets.of(bytes);
  }

  private static Octets value(int kind, int oracle, Slot slot, int more) {
    byte[] bytes = new byte[12 + more];
    bytes[0] = (byte) kind;
    bytes[1] = (byte) oracle;
    ByteBuffer.wrap(bytes).putLong(2, slot.sequence());
    return Octets.of(bytes);
  }

  /** Whether an honest oracle may be bound by it. */
  static boolean isGood(Octets value) {
    return value.length() > 0 && value.toArray()[0] != BAD;
  }

  /** What an honest oracle says at some time. */
  Validity judge(int oracle, Octets value, long now) {
    if (!isGood(value)) {
      return Validity.INVALID;
    }
    int kind = value.toArray()[0];
    long knows =
        new SplittableRandom(scenario.seed() * 31 + value.hashCode() + oracle).nextInt(SETTLED);
    if (kind == GOOD || now >= knows) {
      return Validity.VALID;
    }
    return kind == BAD_AT_FIRST ? Validity.INVALID : Validity.UNKNOWN;
  }
}

package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.KnownAnswers;
import ai.ratio1.identity.internal.core.NodeKey;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine has to do, run against both; and that both do the same. */
class CurveContractTest {

  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  static List<Curve> curves() {
    return Engines.all();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void givesTheKnownAnswers(Curve curve) {
    assertThat(KnownAnswers.areGivenBy(curve)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void acceptsBothHalvesOfS(Curve curve) {
    byte[] secret = secret(11);
    byte[] digest = bytes(12, 32);
    Curve.Point key = curve.publicPoint(secret);
    byte[] low = Arrays.copyOf(curve.sign(secret, digest), 64);
    byte[] high = low.clone();
    BigInteger s = ORDER.subtract(new BigInteger(1, low, 32, 32));
    System.arraycopy(fixed(s), 0, high, 32, 32);
    assertThat(new BigInteger(1, low, 32, 32)).isLessThan(ORDER.shiftRight(1));
    assertThat(key.verify(digest, low)).isTrue();
    assertThat(key.verify(digest, high)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesWhatIsNoCompressedPoint(Curve curve) {
    String x = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    for (String bad :
        List.of(
            "",
            "00",
            "02",
            x,
            "04" + x,
            "05" + x,
            "00" + x,
            "02" + x + "00",
            // No point has this x; x at and beyond the field's prime.
            "020000000000000000000000000000000000000000000000000000000000000005",
            "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
            "02" + "ff".repeat(32),
            "04" + x + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")) {
      assertThat(curve.point(HexFormat.of().parseHex(bad))).as(bad).isNull();
    }
    assertThat(curve.point(HexFormat.of().parseHex("02" + x))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesToRecoverFromAnImpossibleX(Curve curve) {
    byte[] signature = new byte[64];
    Arrays.fill(signature, 0, 32, (byte) 0x00);
    signature[31] = 5;
    signature[63] = 1;
    assertThat(curve.recover(bytes(3, 32), signature, 0)).isNull();
    // r + n is beyond the field for all but the smallest r.
    byte[] real = Arrays.copyOf(curve.sign(secret(4), bytes(5, 32)), 64);
    assertThat(curve.recover(bytes(5, 32), real, 2)).isNull();
    assertThat(curve.recover(bytes(5, 32), real, 3)).isNull();
  }

  @Property(tries = 60)
  void bothEnginesDoTheSame(@ForAll long seed) {
    byte[] secret = secret(seed);
    byte[] digest = bytes(seed + 1, 32);
    Curve.Point java = Engines.JAVA.publicPoint(secret);
    Curve.Point nativ = Engines.NATIVE.publicPoint(secret);
    assertThat(nativ.compressed()).isEqualTo(java.compressed());
    assertThat(nativ.uncompressed()).isEqualTo(java.uncompressed());

    byte[] signature = Engines.JAVA.sign(secret, digest);
    assertThat(Engines.NATIVE.sign(secret, digest)).isEqualTo(signature);
    byte[] pair = Arrays.copyOf(signature, 64);
    int id = signature[64];
    for (Curve curve : Engines.all()) {
      assertThat(curve.publicPoint(secret).verify(digest, pair)).isTrue();
      assertThat(curve.recover(digest, pair, id).compressed()).isEqualTo(java.compressed());
    }
    byte[] changed = pair.clone();
    changed[(int) Math.floorMod(seed, 64L)] ^= 4;
    assertThat(nativ.verify(digest, changed)).isFalse();
    assertThat(java.verify(digest, changed)).isFalse();

    byte[] other = secret(seed + 2);
    byte[] shared = java.sharedX(other);
    assertThat(nativ.sharedX(other)).isEqualTo(shared);
    assertThat(Engines.NATIVE.publicPoint(other).sharedX(secret)).isEqualTo(shared);
  }

  @Property(tries = 200)
  void bothEnginesKnowTheSamePoints(@ForAll long seed) {
    byte[] candidate = bytes(seed, 33);
    candidate[0] = (byte) (2 + (candidate[0] & 1));
    Curve.Point java = Engines.JAVA.point(candidate);
    Curve.Point nativ = Engines.NATIVE.point(candidate);
    assertThat(nativ == null).isEqualTo(java == null);
    if (java != null) {
      assertThat(nativ.uncompressed()).isEqualTo(java.uncompressed());
    }
  }

  @Test
  void aClosedNativeEngineStillGivesRightAnswers() {
    NativeCurve curve = new NativeCurve(new SecureRandom());
    byte[] secret = secret(1);
    byte[] digest = bytes(2, 32);
    Curve.Point before = curve.publicPoint(secret);
    byte[] signature = curve.sign(secret, digest);
    curve.close();
    curve.close();
    assertThat(before.verify(digest, Arrays.copyOf(signature, 64))).isTrue();
    assertThat(before.uncompressed()).isEqualTo(Engines.JAVA.publicPoint(secret).uncompressed());
    assertThat(curve.sign(secret, digest)).isEqualTo(signature);
    assertThat(KnownAnswers.areGivenBy(curve)).isTrue();
  }

  @Test
  void closingWhileOthersVerifyNeverReachesADestroyedContext() throws Exception {
    byte[] secret = secret(1);
    byte[] digest = bytes(2, 32);
    byte[] signature = Arrays.copyOf(Engines.JAVA.sign(secret, digest), 64);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 20; round++) {
        NativeCurve curve = new NativeCurve(new SecureRandom());
        Curve.Point key = curve.publicPoint(secret);
        CountDownLatch running = new CountDownLatch(3);
        List<Future<Boolean>> verdicts =
            java.util.stream.IntStream.range(0, 3)
                .mapToObj(
                    thread ->
                        threads.submit(
                            () -> {
                              running.countDown();
                              boolean right = true;
                              for (int i = 0; i < 40; i++) {
                                right &= key.verify(digest, signature);
                              }
                              return right;
                            }))
                .toList();
        running.await();
        curve.close();
        for (Future<Boolean> verdict : verdicts) {
          assertThat(verdict.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] secret(long seed) {
    return NodeKey.generate(new Random(seed));
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] fixed(BigInteger value) {
    byte[] bytes = new byte[32];
    byte[] raw = value.toByteArray();
    int from = Math.max(0, raw.length - 32);
    System.arraycopy(raw, from, bytes, 32 - (raw.length - from), raw.length - from);
    return bytes;
  }
}

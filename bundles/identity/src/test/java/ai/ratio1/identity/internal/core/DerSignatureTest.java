package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerSignatureTest {

  private static final String VALID = "3006020101020101";

  @Test
  void readsTheShortestSignature() {
    byte[] expected = new byte[64];
    expected[31] = 1;
    expected[63] = 1;
    assertThat(read(VALID)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3006",
        // Trailing bytes, cut, wrong lengths, long form of the length.
        "300602010102010100",
        "30060201010201",
        "3005020101020101",
        "3007020101020101",
        "308106020101020101",
        // Wrong tags.
        "3106020101020101",
        "3006030101020101",
        "3006020101030101",
        // Empty, negative and padded integers.
        "300502000201010a",
        "3006020181020101",
        "300702020001020101",
        "3006020101020180",
        // Zero r, zero s.
        "3006020100020101",
        "3006020101020100",
        // r equal to the order; r of 33 and 34 bytes.
        "3026022100fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141020101",
        "302602210100000000000000000000000000000000000000000000000000000000000000" + "01020101",
        "30270222008000000000000000000000000000000000000000000000000000000000000000" + "00020101",
      })
  void refusesEverythingElse(String hex) {
    assertThat(read(hex)).isNull();
  }

  @Property(tries = 2000)
  void readsWhatItWrote(@ForAll("scalars") BigInteger r, @ForAll("scalars") BigInteger s) {
    byte[] signature = new byte[64];
    BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
    BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
    byte[] der = DerSignature.write(signature);
    assertThat(DerSignature.read(der)).isEqualTo(signature);
    assertThat(der).isEqualTo(reference(r, s));
  }

  @Property(tries = 5000)
  void agreesWithAnotherReaderOnDamagedSignatures(
      @ForAll("scalars") BigInteger r, @ForAll @Size(min = 1, max = 3) byte[] damage) {
    byte[] der = reference(r, Scalars.ORDER.subtract(r));
    for (byte change : damage) {
      der[Byte.toUnsignedInt(change) % der.length] ^= (byte) (1 << (change & 7));
    }
    assertAgrees(der);
    assertAgrees(Arrays.copyOf(der, der.length - (damage[0] & 3)));
  }

  @Property(tries = 2000)
  void agreesWithAnotherReaderOnRandomBytes(@ForAll @Size(max = 74) byte[] bytes) {
    assertAgrees(bytes);
  }

  @Provide
  Arbitrary<BigInteger> scalars() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.ONE, Scalars.ORDER.subtract(BigInteger.ONE));
  }

  private static void assertAgrees(byte[] der) {
    byte[] expected;
    try {
      BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(Scalars.ORDER, der);
      expected = new byte[64];
      BigIntegers.asUnsignedByteArray(pair[0], expected, 0, 32);
      BigIntegers.asUnsignedByteArray(pair[1], expected, 32, 32);
      if (pair[0].signum() == 0 || pair[1].signum() == 0) {
        expected = null;
      }
    } catch (Exception e) {
      expected = null;
    }
    assertThat(DerSignature.read(der)).isEqualTo(expected);
  }

  private static byte[] reference(BigInteger r, BigInteger s) {
    try {
      return StandardDSAEncoding.INSTANCE.encode(Scalars.ORDER, r, s);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] read(String hex) {
    return DerSignature.read(HexFormat.of().parseHex(hex));
  }
}

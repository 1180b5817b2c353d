package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeKeyTest {

  private static final Curve CURVE = new JavaCurve();
  private static final Bytes32 DIGEST = Bytes32.of("0123456789abcdef0123456789abcdef".getBytes());

  private final NodeKey key =
      new NodeKey(
          CURVE,
          HexFormat.of()
              .parseHex("fba8fee34e1fae83223e7ed39686471bf8b12c0bc51feb935c0fce6efa803abb"));
  private final CurveSignatures signatures = new CurveSignatures(CURVE, 64, 0);

  @Test
  void signsWhatCanBeVerifiedAndRecovered() {
    assertThat(signatures.verify(key.address(), DIGEST, key.sign(DIGEST))).isTrue();
    assertThat(signatures.recover(DIGEST, key.signRecoverable(DIGEST))).hasValue(key.evmAddress());
    assertThat(signatures.evmAddress(key.address())).isEqualTo(key.evmAddress());
    assertThat(signatures.engine()).isEqualTo("bouncycastle");
  }

  @Test
  void verifiesNothingElse() {
    byte[] der = key.sign(DIGEST);
    NodeKey other = new NodeKey(CURVE, NodeKey.generate(new Random(5)));
    NodeAddress nobody = new NodeAddress("0xai_AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF");
    assertThat(signatures.verify(other.address(), DIGEST, der)).isFalse();
    assertThat(signatures.verify(nobody, DIGEST, der)).isFalse();
    assertThat(signatures.verify(key.address(), Bytes32.ZERO, der)).isFalse();
    assertThat(signatures.verify(key.address(), DIGEST, new byte[0])).isFalse();
    assertThat(signatures.verify(key.address(), DIGEST, new byte[100_000])).isFalse();
  }

  @Test
  void recoversNothingFromMalformedSignatures() {
    byte[] good = key.signRecoverable(DIGEST);
    for (int v : new int[] {0, 1, 26, 29, 30, 255}) {
      byte[] bad = good.clone();
      bad[64] = (byte) v;
      assertThat(signatures.recover(DIGEST, bad)).as("v %d", v).isEmpty();
    }
    byte[] highS = good.clone();
    byte[] s = Scalars.ORDER.subtract(new java.math.BigInteger(1, good, 32, 32)).toByteArray();
    System.arraycopy(s, s.length - 32, highS, 32, 32);
    assertThat(signatures.recover(DIGEST, highS)).isEmpty();
    assertThat(signatures.recover(DIGEST, new byte[65])).isEmpty();
    assertThat(signatures.recover(DIGEST, java.util.Arrays.copyOf(good, 64))).isEmpty();
    assertThat(signatures.recover(DIGEST, java.util.Arrays.copyOf(good, 66))).isEmpty();
  }

  @Test
  void derivesAsTheContractSays() {
    byte[] context = "ctx".getBytes(StandardCharsets.UTF_8);
    // Python: hmac.new(key, b"beat" + b"\0" + b"ctx", "sha256").hexdigest()
    assertThat(key.derive("beat", context).toHex())
        .isEqualTo("0x292097a66d8cdd067fb8af32dd7bd96d4e48a74a6c59eb2d159c30c04f358402");
    assertThat(key.derive("beat", new byte[0])).isNotEqualTo(key.derive("bea", "t".getBytes()));
  }

  @Test
  void forgetsItsSecret() {
    byte[] before = key.sign(DIGEST);
    NodeKey moved = key.on(new JavaCurve());
    key.destroy();
    key.destroy();
    for (Runnable use :
        new Runnable[] {
          () -> key.sign(DIGEST),
          () -> key.signRecoverable(DIGEST),
          () -> key.derive("x", new byte[0]),
        }) {
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code()).isEqualTo(IdentityError.STOPPED.code()));
    }
    assertThat(moved.sign(DIGEST)).isEqualTo(before);
    assertThat(key.toString()).isEqualTo(key.address().text());
  }

  @Test
  void generatesSecretsInRange() {
    int[] calls = new int[1];
    byte[] secret =
        NodeKey.generate(
            new Random() {
              @Override
              public void nextBytes(byte[] bytes) {
                // All ones is beyond the order, zero is no key: both are drawn again.
                java.util.Arrays.fill(bytes, (byte) (calls[0]++ == 0 ? 0xff : calls[0] - 2));
              }
            });
    assertThat(calls[0]).isEqualTo(3);
    assertThat(secret).containsOnly(1);
  }
}

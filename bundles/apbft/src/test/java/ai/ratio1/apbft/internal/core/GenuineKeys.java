package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Real secp256k1 keys, made from the oracles' indices. */
public final class GenuineKeys {

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
  private static final BigInteger ORDER = CURVE.getN();

  private final List<BigInteger> secrets;
  private final List<EvmAddress> addresses;

  /** Makes so many keys. */
  public GenuineKeys(int count) {
    secrets =
        IntStream.range(0, count)
            .mapToObj(i -> new BigInteger(1, Keccak256.of(new byte[] {7, (byte) i}).toArray()))
            .map(secret -> secret.mod(ORDER))
            .toList();
    addresses =
        secrets.stream()
            .map(secret -> address(new FixedPointCombMultiplier().multiply(CURVE.getG(), secret)))
            .toList();
  }

  public EvmAddress address(int index) {
    return addresses.get(index);
  }

  public Signer signer(int index) {
    return digest -> sign(digest, secrets.get(index), addresses.get(index));
  }

  public Recoverer recoverer() {
    return (digest, signature) -> recover(digest, signature.toArray());
  }

  private static Octets sign(Bytes32 digest, BigInteger secret, EvmAddress self) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest.toArray());
    BigInteger s = rs[1].compareTo(ORDER.shiftRight(1)) > 0 ? ORDER.subtract(rs[1]) : rs[1];
    byte[] signature = new byte[65];
    put(rs[0], signature, 0);
    put(s, signature, 32);
    for (byte v = 27; v <= 28; v++) {
      signature[64] = v;
      if (recover(digest, signature).equals(Optional.of(self))) {
        return Octets.of(signature);
      }
    }
    throw new IllegalStateException("a signature that recovers to nobody");
  }

  /** The signer of a digest (SEC 1, section 4.1.6). */
  public static Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    if (signature.length != 65 || (signature[64] != 27 && signature[64] != 28)) {
      return Optional.empty();
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    boolean ranged = r.signum() > 0 && r.compareTo(ORDER) < 0 && s.signum() > 0;
    if (!ranged || s.compareTo(ORDER.shiftRight(1)) > 0) {
      return Optional.empty();
    }
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (signature[64] - 27 + 2);
    System.arraycopy(signature, 0, compressed, 1, 32);
    ECPoint point;
    try {
      point = CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger e = new BigInteger(1, digest.toArray());
    BigInteger u1 = ORDER.subtract(e.mod(ORDER)).multiply(inverse).mod(ORDER);
    BigInteger u2 = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2);
    return key.isInfinity() ? Optional.empty() : Optional.of(address(key));
  }

  private static EvmAddress address(ECPoint key) {
    byte[] encoded = key.normalize().getEncoded(false);
    byte[] hash = Keccak256.of(Arrays.copyOfRange(encoded, 1, 65)).toArray();
    return EvmAddress.of(Arrays.copyOfRange(hash, 12, 32));
  }

  private static void put(BigInteger value, byte[] target, int offset) {
    byte[] bytes = value.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, target, offset + 32 - length, length);
  }
}

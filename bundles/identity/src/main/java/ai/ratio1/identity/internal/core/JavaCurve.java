package ai.ratio1.identity.internal.core;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** secp256k1 by Bouncy Castle's low-level classes, which run everywhere. */
public final class JavaCurve implements Curve {

  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(PARAMETERS);
  private static final int COMPRESSED = 33;

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  public @Nullable Point point(byte[] compressed) {
    if (compressed.length != COMPRESSED) {
      return null;
    }
    try {
      return new JavaPoint(DOMAIN.getCurve().decodePoint(compressed));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public Point publicPoint(byte[] secret) {
    BigInteger d = new BigInteger(1, secret);
    return new JavaPoint(new FixedPointCombMultiplier().multiply(DOMAIN.getG(), d));
  }

  @Override
  public byte[] sign(byte[] secret, byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
    BigInteger[] pair = signer.generateSignature(digest);
    BigInteger s = pair[1].min(Scalars.ORDER.subtract(pair[1]));
    byte[] signature = new byte[2 * Scalars.LENGTH + 1];
    BigIntegers.asUnsignedByteArray(pair[0], signature, 0, Scalars.LENGTH);
    BigIntegers.asUnsignedByteArray(s, signature, Scalars.LENGTH, Scalars.LENGTH);
    signature[2 * Scalars.LENGTH] = recoveryId(digest, signature, publicPoint(secret));
    return signature;
  }

  /** The signer keeps the nonce's point to itself, so the id is found by trying. */
  private byte recoveryId(byte[] digest, byte[] signature, Point expected) {
    for (byte id = 0; id < 4; id++) {
      Point candidate = recover(digest, signature, id);
      if (candidate != null && Arrays.equals(candidate.compressed(), expected.compressed())) {
        return id;
      }
    }
    throw new IllegalStateException("a fresh signature recovers to its key");
  }

  @Override
  public @Nullable Point recover(byte[] digest, byte[] signature, int recoveryId) {
    BigInteger r = new BigInteger(1, signature, 0, Scalars.LENGTH);
    BigInteger s = new BigInteger(1, signature, Scalars.LENGTH, Scalars.LENGTH);
    BigInteger x = recoveryId < 2 ? r : r.add(Scalars.ORDER);
    if (x.bitLength() > 8 * Scalars.LENGTH) {
      return null;
    }
    byte[] encoded = new byte[COMPRESSED];
    encoded[0] = (byte) (2 + (recoveryId & 1));
    BigIntegers.asUnsignedByteArray(x, encoded, 1, Scalars.LENGTH);
    if (!(point(encoded) instanceof JavaPoint nonce)) {
      return null;
    }
    BigInteger inverse = BigIntegers.modOddInverse(Scalars.ORDER, r);
    BigInteger z = new BigInteger(1, digest);
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(
            DOMAIN.getG(),
            z.negate().multiply(inverse).mod(Scalars.ORDER),
            nonce.point,
            s.multiply(inverse).mod(Scalars.ORDER));
    return key.isInfinity() ? null : new JavaPoint(key);
  }

  @Override
  public void close() {
    // Nothing native to free.
  }

  private static final class JavaPoint implements Point {

    private final ECPoint point;
    private final ECPublicKeyParameters key;

    JavaPoint(ECPoint point) {
      this.point = point.normalize();
      this.key = new ECPublicKeyParameters(this.point, DOMAIN);
    }

    @Override
    public byte[] compressed() {
      return point.getEncoded(true);
    }

    @Override
    public byte[] uncompressed() {
      return point.getEncoded(false);
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, key);
      return verifier.verifySignature(
          digest,
          new BigInteger(1, signature, 0, Scalars.LENGTH),
          new BigInteger(1, signature, Scalars.LENGTH, Scalars.LENGTH));
    }

    @Override
    public byte[] sharedX(byte[] secret) {
      ECDHBasicAgreement agreement = new ECDHBasicAgreement();
      agreement.init(new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN));
      return BigIntegers.asUnsignedByteArray(Scalars.LENGTH, agreement.calculateAgreement(key));
    }
  }
}

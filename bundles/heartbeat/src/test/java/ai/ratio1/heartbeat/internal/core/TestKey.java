package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.evm.Keccak256;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequenceGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** A real secp256k1 key for tests. */
public final class TestKey implements NodeIdentity {

  static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

  private final BigInteger secret;
  private final ECPoint point;

  public TestKey(int number) {
    byte[] seed = Keccak256.of(("test key " + number).getBytes()).toArray();
    this.secret = new BigInteger(1, seed).mod(CURVE.getN());
    this.point = CURVE.getG().multiply(secret).normalize();
  }

  static EvmAddress evmAddress(ECPoint point) {
    byte[] hash = Keccak256.of(Arrays.copyOfRange(point.getEncoded(false), 1, 65)).toArray();
    return EvmAddress.of(Arrays.copyOfRange(hash, 12, 32));
  }

  @Override
  public NodeAddress address() {
    return NodeAddress.of(point.getEncoded(true));
  }

  @Override
  public EvmAddress evmAddress() {
    return evmAddress(point);
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, CURVE));
    BigInteger[] pair = signer.generateSignature(digest.toArray());
    try {
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      DERSequenceGenerator sequence = new DERSequenceGenerator(out);
      sequence.addObject(new ASN1Integer(pair[0]));
      sequence.addObject(new ASN1Integer(pair[1].min(CURVE.getN().subtract(pair[1]))));
      sequence.close();
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] signRecoverable(Bytes32 digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, CURVE));
    BigInteger[] pair = signer.generateSignature(digest.toArray());
    byte[] signature = new byte[65];
    BigIntegers.asUnsignedByteArray(pair[0], signature, 0, 32);
    BigIntegers.asUnsignedByteArray(pair[1].min(CURVE.getN().subtract(pair[1])), signature, 32, 32);
    for (byte v = 27; v <= 28; v++) {
      signature[64] = v;
      if (new TestSignatures()
          .recover(digest, signature)
          .filter(evmAddress()::equals)
          .isPresent()) {
        return signature;
      }
    }
    throw new AssertionError("a signature that recovers to no key");
  }

  @Override
  public Bytes32 derive(String purpose, byte[] context) {
    return Keccak256.of(BigIntegers.asUnsignedByteArray(32, secret), purpose.getBytes(), context);
  }
}

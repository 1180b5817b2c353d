package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** Real verification with Bouncy Castle that counts how often it was asked. */
public final class TestSignatures implements Signatures {

  public final AtomicInteger verifications = new AtomicInteger();
  public final AtomicInteger recoveries = new AtomicInteger();
  public final AtomicInteger parses = new AtomicInteger();
  private final Map<NodeAddress, ECPoint> points = new ConcurrentHashMap<>();

  @Override
  public boolean verify(NodeAddress signer, Bytes32 digest, byte[] der) {
    verifications.incrementAndGet();
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(der);
      BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue();
      BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, new ECPublicKeyParameters(point(signer), TestKey.CURVE));
      return verifier.verifySignature(digest.toArray(), r, s);
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    recoveries.incrementAndGet();
    try {
      byte[] nonce = new byte[33];
      nonce[0] = (byte) (2 + signature[64] - 27);
      System.arraycopy(signature, 0, nonce, 1, 32);
      BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
      BigInteger inverse = r.modInverse(TestKey.CURVE.getN());
      ECPoint key =
          TestKey.CURVE
              .getCurve()
              .decodePoint(nonce)
              .multiply(s.multiply(inverse))
              .subtract(
                  TestKey.CURVE
                      .getG()
                      .multiply(new BigInteger(1, digest.toArray()).multiply(inverse)));
      return Optional.of(TestKey.evmAddress(key.normalize()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public EvmAddress evmAddress(NodeAddress address) {
    return TestKey.evmAddress(point(address));
  }

  @Override
  public Optional<NodeAddress> parse(String text) {
    parses.incrementAndGet();
    String key = text.startsWith("0xai_") || text.startsWith("aixp_") ? text.substring(5) : text;
    try {
      NodeAddress address = new NodeAddress(NodeAddress.PREFIX + key);
      point(address);
      return Optional.of(address);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String engine() {
    return "bouncycastle";
  }

  private ECPoint point(NodeAddress address) {
    return points.computeIfAbsent(
        address, a -> TestKey.CURVE.getCurve().decodePoint(a.compressedKey()).normalize());
  }
}

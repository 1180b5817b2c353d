package ai.ratio1.chain.testkit;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** A node key that a test knows. */
public final class TestNode implements NodeIdentity {

  private final ECKeyPair key;

  /** The key with the given secret number. */
  public TestNode(long secret) {
    this.key = ECKeyPair.create(BigInteger.valueOf(secret));
  }

  @Override
  public NodeAddress address() {
    return NodeAddress.of(Sign.publicPointFromPrivate(key.getPrivateKey()).getEncoded(true));
  }

  @Override
  public EvmAddress evmAddress() {
    byte[] point = Numeric.toBytesPadded(key.getPublicKey(), 64);
    return EvmAddress.of(Arrays.copyOfRange(Keccak256.of(point).toArray(), 12, 32));
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    throw new UnsupportedOperationException("chains take recoverable signatures");
  }

  @Override
  public byte[] signRecoverable(Bytes32 digest) {
    Sign.SignatureData parts = Sign.signMessage(digest.toArray(), key, false);
    byte[] signature = Arrays.copyOf(parts.getR(), 65);
    System.arraycopy(parts.getS(), 0, signature, 32, 32);
    signature[64] = parts.getV()[0];
    return signature;
  }

  @Override
  public Bytes32 derive(String purpose, byte[] context) {
    byte[] secret = Numeric.toBytesPadded(key.getPrivateKey(), 32);
    return Keccak256.of(secret, purpose.getBytes(StandardCharsets.UTF_8), context);
  }
}

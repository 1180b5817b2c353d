package ai.ratio1.identity.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Checks signatures in programs outside a framework, which find it with {@link
 * java.util.ServiceLoader}. It has no key and needs no native library.
 */
public final class PortableSignatures implements Signatures {

  private static final int CACHED_POINTS = 256;

  private final Signatures signatures =
      new CurveSignatures(new JavaCurve(), CACHED_POINTS, new SecureRandom().nextInt());

  /** For the service loader. */
  public PortableSignatures() {}

  @Override
  public boolean verify(NodeAddress signer, Bytes32 digest, byte[] der) {
    return signatures.verify(signer, digest, der);
  }

  @Override
  public Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    return signatures.recover(digest, signature);
  }

  @Override
  public EvmAddress evmAddress(NodeAddress address) {
    return signatures.evmAddress(address);
  }

  @Override
  public Optional<NodeAddress> parse(String text) {
    return signatures.parse(text);
  }

  @Override
  public String engine() {
    return signatures.engine();
  }
}

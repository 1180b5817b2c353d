package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Recoverer;
import ai.ratio1.apbft.internal.core.Signer;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keys and signatures of the production curve. What n oracles would each find out about a signature
 * is found out once; for one run, since it forgets nothing. Not thread-safe.
 */
public final class RealKeys implements Keyring {

  private static final int POINTS = 64;

  private final CurveSignatures signatures;
  private final List<NodeKey> keys;
  private final Map<Statement, Optional<EvmAddress>> recovered = new HashMap<>();

  /**
   * Makes keys.
   *
   * @param firstSecret the secret of oracle 0; the others follow by one
   */
  public RealKeys(int count, int firstSecret) {
    Curve curve = new JavaCurve();
    signatures = new CurveSignatures(curve, POINTS, 0);
    keys =
        IntStream.range(0, count)
            .mapToObj(i -> ByteBuffer.allocate(32).putInt(28, firstSecret + i).array())
            .map(secret -> new NodeKey(curve, secret))
            .toList();
  }

  @Override
  public EvmAddress address(int index) {
    return keys.get(index).evmAddress();
  }

  @Override
  public Signer signer(int index) {
    return digest -> Octets.of(keys.get(index).signRecoverable(digest));
  }

  @Override
  public Recoverer recoverer() {
    return (digest, signature) ->
        recovered.computeIfAbsent(
            new Statement(digest, signature),
            said -> signatures.recover(said.digest(), said.signature().toArray()));
  }

  private record Statement(Bytes32 digest, Octets signature) {}
}

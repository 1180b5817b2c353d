package ai.ratio1.oracleapi.internal;

import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import java.util.Random;

/** Real keys for tests, the same in every run. */
final class Keys {

  private static final Curve CURVE = new JavaCurve();

  static final Signatures SIGNATURES = new CurveSignatures(CURVE, 256, 1);

  private Keys() {}

  static NodeKey key(int seed) {
    return new NodeKey(CURVE, NodeKey.generate(new Random(seed)));
  }
}

package ai.ratio1.dauth.internal.core;

import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import java.util.Random;

/** Real keys for tests, the same in every run. */
public final class Keys {

  private static final Curve CURVE = new JavaCurve();

  public static final Signatures SIGNATURES = new CurveSignatures(CURVE, 256, 1);

  private Keys() {}

  public static NodeKey key(int seed) {
    return new NodeKey(CURVE, NodeKey.generate(new Random(seed)));
  }
}

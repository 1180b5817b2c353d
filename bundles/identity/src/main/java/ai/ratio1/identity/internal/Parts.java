package ai.ratio1.identity.internal;

import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.identity.internal.core.PairwiseSealer;
import ai.ratio1.metrics.Metric;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What stands behind the services under one configuration; replaced as a whole.
 *
 * @param curve the engine
 * @param key the node's key on that engine
 * @param signatures checks what others signed
 * @param sealer seals and opens with the key
 */
record Parts(Curve curve, NodeKey key, CurveSignatures signatures, PairwiseSealer sealer) {

  static Parts of(Curve curve, NodeKey key, Settings settings, RandomGenerator random) {
    CurveSignatures signatures = new CurveSignatures(curve, settings.cacheSize(), random.nextInt());
    return new Parts(curve, key, signatures, new PairwiseSealer(key, signatures, random));
  }

  List<Metric> metrics() {
    return List.of(
        Metric.gauge(
            "r1_identity_engine_native",
            "1 when libsecp256k1 does the work, 0 when Java does.",
            curve instanceof JavaCurve ? 0 : 1),
        Metric.counter(
            "r1_identity_points_computed_total",
            "Peer addresses whose point had to be computed since the last configuration.",
            (double) signatures.misses()));
  }
}

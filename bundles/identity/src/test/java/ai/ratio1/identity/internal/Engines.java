package ai.ratio1.identity.internal;

import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.identity.internal.core.PairwiseSealer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Both engines for tests. Without the system's libsecp256k1 (Debian: libsecp256k1-1) this class
 * fails to load, and with it every test that has to prove both.
 */
final class Engines {

  static final Curve JAVA = new JavaCurve();
  static final Curve NATIVE = new NativeCurve(new SecureRandom());

  private Engines() {}

  static List<Curve> all() {
    return List.of(JAVA, NATIVE);
  }

  static <T> List<Arguments> with(List<T> others) {
    List<Arguments> arguments = new ArrayList<>();
    for (Curve curve : all()) {
      others.forEach(other -> arguments.add(Arguments.of(Named.of(curve.name(), curve), other)));
    }
    return arguments;
  }

  static CurveSignatures signatures(Curve curve) {
    return new CurveSignatures(curve, 64, 7);
  }

  static NodeKey key(Curve curve, String scalarHex) {
    String digits = scalarHex.startsWith("0x") ? scalarHex.substring(2) : scalarHex;
    return new NodeKey(curve, HexFormat.of().parseHex(digits));
  }

  static PairwiseSealer sealer(Curve curve, NodeKey key) {
    return new PairwiseSealer(key, signatures(curve), new SecureRandom());
  }
}

package ai.ratio1.identity.internal;

import ai.ratio1.identity.internal.core.Curve;
import java.security.SecureRandom;

/** Lets benchmarks start an engine as the identity component does, self-test included. */
public final class StartedEngine {

  private StartedEngine() {}

  /**
   * Starts an engine.
   *
   * @param setting auto, native or java
   * @throws ai.ratio1.base.R1Exception R1-IDENT-011 or -012 when there is none
   */
  public static Curve of(String setting) {
    return Engine.parse(setting).start(() -> new NativeCurve(new SecureRandom()));
  }
}

package ai.ratio1.identity.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.KnownAnswers;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The setting {@code engine}: which implementation of secp256k1 does the work. */
enum Engine {
  /** The native one if it is there and answers right, else Java. */
  AUTO,
  /** The native one or none. */
  NATIVE,
  /** Bouncy Castle. */
  JAVA;

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /**
   * Reads the setting.
   *
   * @throws R1Exception R1-IDENT-013 for another word
   */
  static Engine parse(String setting) {
    for (Engine engine : values()) {
      if (engine.name().toLowerCase(Locale.ROOT).equals(setting)) {
        return engine;
      }
    }
    throw IdentityError.CONFIGURATION.failure(
        "engine is \"" + setting + "\", but has to be auto, native or java.");
  }

  /**
   * Starts an engine that passed the self-test.
   *
   * @param nativeCurve makes the native one, or fails with a {@link LinkageError}
   * @throws R1Exception R1-IDENT-011 or -012 when there is none
   */
  Curve start(Supplier<Curve> nativeCurve) {
    if (this == JAVA) {
      return tested(new JavaCurve());
    }
    try {
      return startNative(nativeCurve);
    } catch (R1Exception e) {
      if (this == NATIVE) {
        throw e;
      }
      LOG.warn(
          "Signatures are made and checked in Java, at about 40 % of the speed. {}", e.describe());
      return tested(new JavaCurve());
    }
  }

  private static Curve startNative(Supplier<Curve> nativeCurve) {
    try {
      return tested(nativeCurve.get());
    } catch (LinkageError e) {
      // The lines after the first are the class path.
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw IdentityError.NO_NATIVE.failure("libsecp256k1 cannot be used: " + why, e);
    }
  }

  private static Curve tested(Curve curve) {
    Throwable cause = null;
    try {
      if (KnownAnswers.areGivenBy(curve)) {
        return curve;
      }
    } catch (RuntimeException | LinkageError e) {
      cause = e;
    }
    curve.close();
    throw IdentityError.SELF_TEST.failure(
        "The engine " + curve.name() + " gives wrong answers.", cause);
  }
}

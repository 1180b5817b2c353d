package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import org.jspecify.annotations.Nullable;

/**
 * Lets a statement in: the cheap checks before the signature. Of two statements that exclude each
 * other the first counts, and both are brought forward.
 */
final class Admission {

  private final Verifier verifier;
  private final Accusations accusations;

  /** Where contradictions are brought forward. */
  interface Accusations {

    /** Whether the sender was caught with this kind of statement already. */
    boolean charged(Signed<?> signed);

    /** Two genuine statements of one oracle exclude each other. */
    void accuse(Signed<?> first, Signed<?> second, Effects out);
  }

  Admission(Verifier verifier, Accusations accusations) {
    this.verifier = verifier;
    this.accusations = accusations;
  }

  /** Whether a statement is new and its sender's, where {@code known} is in its place. */
  boolean admit(
      @Nullable Signed<? extends Message> known, Signed<? extends Message> signed, Effects out) {
    boolean pointless =
        known != null && (known.message().equals(signed.message()) || accusations.charged(signed));
    if (pointless) {
      out.drop(signed, Drop.DUPLICATE);
      return false;
    }
    if (!verifier.signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
      return false;
    }
    if (known == null) {
      return true;
    }
    out.drop(signed, Drop.INVALID);
    if (signed.message().kind().binding()) {
      accusations.accuse(known, signed, out);
    }
    return false;
  }
}

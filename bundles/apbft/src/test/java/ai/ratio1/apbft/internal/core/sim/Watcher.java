package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;

/** Sees what an oracle does. */
interface Watcher {

  /** Nobody looks at what the faulty do. */
  Watcher BLIND = new Watcher() {};

  default void sent(int oracle, Signed<?> message) {}

  default void decided(int oracle, SignedCertificate certificate) {}

  default void crashed(int oracle) {}

  default void warned(int oracle, R1Exception problem) {}

  default void rested(int oracle, int held) {}
}

package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Drop;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import java.util.List;

/** Sees what happens in a run. */
interface Watcher {

  /** Nobody looks at how the faulty work. */
  Watcher BLIND = new Watcher() {};

  /** An honest oracle told everybody. */
  default void sent(int oracle, Signed<?> message) {}

  /** A faulty oracle told one. */
  default void whispered(int oracle, int to, Signed<?> message) {}

  /** An oracle keeps a table. */
  default void kept(int oracle, Bytes32 tableHash, byte[] deflated) {}

  /** An oracle went on to another view. */
  default void entered(int oracle, String matter, long view) {}

  /** An oracle did not use what it heard. */
  default void dropped(int oracle, Signed<?> message, Drop reason) {}

  /** An oracle knows a certificate. */
  default void decided(int oracle, SignedCertificate certificate) {}

  /** An oracle knows what was decided in a slot. */
  default void concluded(int oracle, DecisionCert cert) {}

  /** An oracle lost what it had not flushed. */
  default void crashed(int oracle) {}

  /** An oracle is back. */
  default void restarted(int oracle) {}

  /** An oracle tells its operator. */
  default void warned(int oracle, R1Exception problem) {}

  /** An oracle has handled an event and holds so many messages. */
  default void rested(int oracle, int held) {}

  /** One that tells several. */
  static Watcher all(List<Watcher> watchers) {
    return new Watchers(List.copyOf(watchers));
  }
}

package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import java.util.Optional;

/** Hears of what an operator may want to know. Called on the threads that work; must be quick. */
public interface BeatWatcher {

  /**
   * A beat was refused.
   *
   * @param sender whose it is, or claims to be, if that is known
   * @param detail more than the reason, or empty
   */
  void refused(Refusal refusal, Optional<EvmAddress> sender, String detail);

  /** Two running processes use one key. */
  void twins(Sighting newer);

  /** A node signed two anchors for one epoch. */
  void twoAnchors(AnchorContradiction contradiction);
}

package ai.ratio1.consensus;

import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service by whoever wants to know of decisions. */
@ConsumerType
@FunctionalInterface
public interface DecisionListener {

  /**
   * A decision became known; called on the engine's thread, once when it is reached or learnt and
   * again when its slot is opened after a restart. Must be quick.
   */
  void decided(Decision decision);
}

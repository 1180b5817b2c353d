package ai.ratio1.dauth.internal.core;

import ai.ratio1.chain.Licence;
import ai.ratio1.dauth.Role;

/** What the boot gate has to do next. */
public sealed interface GateStep {

  /** Nothing until it is woken. */
  record Rest() implements GateStep {}

  /**
   * Ask the oracles for an account at the broker.
   *
   * @param licence with this licence
   */
  record Ask(Licence licence) implements GateStep {}

  /**
   * Begin a session with this oracle's own account.
   *
   * @param licence with this licence
   */
  record BeginAsOracle(Licence licence) implements GateStep {}

  /**
   * End the session, then look again.
   *
   * @param role the role it had
   */
  record End(Role role) implements GateStep {}
}

package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code Entities.revoke}.
 *
 * @param account who belongs to no entity any longer
 */
public record Revoke(EvmAddress sender, EvmAddress account) implements Step {

  @Override
  public Economy after(Economy before) {
    Network network = before.network();
    if (!sender.equals(network.attestor()) && !sender.equals(network.governance())) {
      throw Refusal.of("NotAttestor", sender);
    }
    return before.with(before.entities().revoked(account));
  }
}

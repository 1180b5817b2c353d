package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;

/**
 * {@code LinkedLicence.ban}.
 *
 * @param id which licence
 */
public record Ban(EvmAddress sender, LicenceId id) implements Step {

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    Deed deed = before.deeds().requireOwned(id);
    if (deed.banned()) {
      throw Refusal.of("LicenseAlreadyBanned");
    }
    return before.with(before.deeds().with(deed.released(before.now()).withBan(true)));
  }
}

package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;

/**
 * {@code LinkedLicence.unlink}.
 *
 * @param id which licence
 */
public record UnlinkDeed(EvmAddress sender, LicenceId id) implements Step {

  @Override
  public Economy after(Economy before) {
    Deed deed = before.deeds().requireOwner(id, sender);
    if (deed.node().equals(EvmAddress.ZERO)) {
      throw Refusal.of("LicenseNotLinked");
    }
    return before.with(before.deeds().with(deed.released(before.now())));
  }
}

package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;

/**
 * {@code LinkedLicence.unban}.
 *
 * @param id which licence
 */
public record Unban(EvmAddress sender, LicenceId id) implements Step {

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    Deed deed =
        before
            .deeds()
            .find(id)
            .filter(Deed::banned)
            .orElseThrow(() -> Refusal.of("LicenseNotBanned"));
    return before.with(before.deeds().with(deed.withBan(false)));
  }
}

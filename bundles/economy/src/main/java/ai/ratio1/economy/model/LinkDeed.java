package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;

/**
 * {@code LinkedLicence.link}.
 *
 * @param id which licence
 * @param node which node
 * @param nonce of the node's consent
 * @param deadline last second in which the consent holds
 * @param signer who signed the consent
 */
public record LinkDeed(
    EvmAddress sender, LicenceId id, EvmAddress node, long nonce, long deadline, EvmAddress signer)
    implements Step {

  @Override
  public Economy after(Economy before) {
    Deeds deeds = before.deeds();
    Deed deed = deeds.requireOwner(id, sender);
    if (deed.banned()) {
      throw Refusal.of("LicenseBanned");
    }
    before.entities().require(sender);
    long allowedFrom = deed.linkedAt() + before.network().relinkSeconds();
    if (deed.linkedAt() != 0 && before.now() < allowedFrom) {
      throw Refusal.of("CannotReassignYet", allowedFrom);
    }
    if (node.equals(EvmAddress.ZERO)) {
      throw Refusal.of("InvalidNodeAddress");
    }
    if (deeds.isActive(node)) {
      throw Refusal.of("NodeAddressAlreadyRegistered");
    }
    requireConsent(before);
    Deed linked = deed.released(before.now()).linked(node, before.now());
    return before.with(deeds.consented(id.type(), node).with(linked));
  }

  private void requireConsent(Economy before) {
    if (before.now() > deadline) {
      throw Refusal.of("LinkExpired", deadline);
    }
    long expected = before.deeds().linkNonce(id.type(), node);
    if (nonce != expected) {
      throw Refusal.of("InvalidLinkNonce", expected);
    }
    if (!signer.equals(node)) {
      throw Refusal.of("InvalidNodeSignature");
    }
  }
}

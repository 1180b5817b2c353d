package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import java.math.BigInteger;
import java.util.Optional;

/**
 * {@code transferFrom} of any kind of licence, by its owner.
 *
 * @param id which licence
 * @param to who gets it
 */
public record TransferDeed(EvmAddress sender, LicenceId id, EvmAddress to) implements Step {

  @Override
  public Economy after(Economy before) {
    if (to.equals(EvmAddress.ZERO)) {
      throw Refusal.of("ERC721InvalidReceiver", to);
    }
    Deed deed = requireMovable(before.deeds().find(id));
    Deeds moved = before.deeds().with(deed.handedOver(to, before.network().clock(), before.now()));
    return switch (id.type()) {
      case NODE_DEED -> before.with(moved);
      case MASTER_NODE_DEED -> before.with(moveMaster(before, moved));
      case GENESIS_NODE_DEED -> {
        if (!to.equals(before.network().governance())) {
          throw Refusal.of("HeldByGovernance", to);
        }
        yield before.with(moved);
      }
    };
  }

  private Deed requireMovable(Optional<Deed> found) {
    if (found.filter(Deed::banned).isPresent()) {
      throw Refusal.of("LicenseBanned");
    }
    Deed deed =
        found
            .filter(Deed::exists)
            .orElseThrow(() -> Refusal.of("ERC721NonexistentToken", id.number()));
    if (!deed.owner().equals(sender)) {
      throw Refusal.of("ERC721InsufficientApproval", sender, id.number());
    }
    return deed;
  }

  private Deeds moveMaster(Economy before, Deeds moved) {
    Deeds agreed = moved.agreementTaken(sender, to);
    BigInteger wouldBe = agreed.assignedTo(to);
    if (wouldBe.compareTo(before.rules().mining().masterMost()) > 0) {
      throw Refusal.of("AssignedAmountExceedsLimit", to, wouldBe);
    }
    return agreed;
  }
}

package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.PriceTier;
import ai.ratio1.economy.model.AddMaster;
import ai.ratio1.economy.model.AgreeToBurn;
import ai.ratio1.economy.model.AgreeToTransfer;
import ai.ratio1.economy.model.Attest;
import ai.ratio1.economy.model.Ban;
import ai.ratio1.economy.model.Burn;
import ai.ratio1.economy.model.BurnMaster;
import ai.ratio1.economy.model.BuyDeeds;
import ai.ratio1.economy.model.Deed;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.Give;
import ai.ratio1.economy.model.LinkDeed;
import ai.ratio1.economy.model.Revoke;
import ai.ratio1.economy.model.TransferDeed;
import ai.ratio1.economy.model.TransferR1;
import ai.ratio1.economy.model.Unban;
import ai.ratio1.economy.model.UnlinkDeed;
import java.math.BigInteger;
import java.util.List;

/** What owners, governance and the attestor do with R1 and licences. */
final class LicenceChoices {

  /** Beyond it fewer are bought, so that a walk stays quick. */
  private static final long MANY = 45;

  private final Dice dice;
  private final Walk walk;

  LicenceChoices(Dice dice, Walk walk) {
    this.dice = dice;
    this.walk = walk;
  }

  void enter() {
    walk.often(2, this::give);
    walk.often(2, this::transferR1);
    walk.often(1, this::burn);
    walk.often(2, this::attest);
    walk.often(1, this::revoke);
    walk.often(6, this::buy);
    walk.often(9, this::link);
    walk.often(2, this::unlink);
    walk.often(2, this::ban);
    walk.often(6, this::transfer);
    walk.often(4, this::addMaster);
    walk.often(3, this::transferMaster);
    walk.often(2, this::burnMaster);
  }

  private Action give(Economy e) {
    BigInteger room = e.rules().mining().maxSupply().subtract(e.r1().minted());
    BigInteger amount =
        dice.chance(70)
            ? dice.amount(BigInteger.TEN.pow(22))
            : room.add(BigInteger.ONE); // what would fit would leave nothing to mine
    EvmAddress sender = dice.mostly(e.network().governance());
    return walk.soon(e, new Give(sender, dice.owner(), amount));
  }

  private Action transferR1(Economy e) {
    EvmAddress from = dice.owner();
    return walk.soon(
        e, new TransferR1(from, dice.chance(95) ? dice.owner() : EvmAddress.ZERO, some(e, from)));
  }

  private Action burn(Economy e) {
    EvmAddress from = dice.owner();
    return walk.soon(e, new Burn(from, some(e, from)));
  }

  /** Mostly a little of what an account has, at times one more than everything. */
  private BigInteger some(Economy e, EvmAddress account) {
    BigInteger balance = e.r1().balance(account);
    return dice.chance(15)
        ? balance.add(BigInteger.ONE)
        : dice.amount(balance.max(BigInteger.ONE)).shiftRight((int) dice.between(0, 8));
  }

  private Action attest(Economy e) {
    EvmAddress account = dice.owner();
    long deadline = e.now() + dice.between(0, 60);
    return walk.soon(
        e,
        new Attest(
            dice.owner(),
            account,
            Cast.entity((int) dice.between(0, 4)),
            dice.between(500, 60_000),
            dice.about(e.entities().nonce(account)),
            dice.chance(80) ? deadline + 1_000 : deadline,
            dice.chance(92) ? dice.cast().attestor() : dice.node()));
  }

  private Action revoke(Economy e) {
    EvmAddress account = dice.owner();
    walk.then(later -> attest(later));
    return walk.soon(e, new Revoke(dice.mostly(e.network().governance()), account));
  }

  private Action buy(Economy e) {
    long sold = e.deeds().count(LicenceType.NODE_DEED);
    PriceTier tier = PriceTier.after(sold);
    BigInteger price = e.rules().sale().price(tier.usd(), e.usdPerR1());
    long count =
        dice.chance(90) ? dice.between(1, 3) : dice.oneOf(List.of(0L, tier.edge() - sold + 1));
    BigInteger most = dice.chance(90) ? price : price.subtract(BigInteger.ONE);
    long deadline = e.now() + (dice.chance(90) ? 1_000 : dice.between(0, 40));
    if (sold > MANY && dice.chance(85)) {
      return link(e);
    }
    return walk.soon(
        e, new BuyDeeds(dice.owner(), count, (int) dice.about(tier.number()), most, deadline));
  }

  private Action link(Economy e) {
    LicenceId id =
        dice.licence(e, d -> d.exists() && (d.node().equals(EvmAddress.ZERO) || dice.chance(20)));
    EvmAddress holder = e.deeds().find(id).map(Deed::owner).orElse(EvmAddress.ZERO);
    EvmAddress sender = holder.equals(EvmAddress.ZERO) ? dice.owner() : dice.mostly(holder);
    EvmAddress node = dice.node();
    for (int i = 0; i < 4 && e.deeds().isActive(node); i++) {
      node = dice.node();
    }
    long linkedAt = e.deeds().find(id).map(Deed::linkedAt).orElse(0L);
    long deadline = e.now() + (dice.chance(90) ? 5_000 : dice.between(0, 40));
    LinkDeed step =
        new LinkDeed(
            sender,
            id,
            dice.chance(98) ? node : EvmAddress.ZERO,
            dice.about(e.deeds().linkNonce(id.type(), node)),
            deadline,
            dice.chance(95) ? node : dice.node());
    return linkedAt > 0 && dice.chance(60)
        ? walk.around(e, linkedAt + e.network().relinkSeconds(), step)
        : walk.soon(e, step);
  }

  private Action unlink(Economy e) {
    LicenceId id = dice.licence(e, d -> !d.node().equals(EvmAddress.ZERO));
    return walk.soon(e, new UnlinkDeed(dice.mostly(ownerOf(e, id)), id));
  }

  private Action ban(Economy e) {
    LicenceId id = dice.licence(e);
    EvmAddress governance = e.network().governance();
    if (e.deeds().find(id).filter(Deed::banned).isPresent() || dice.chance(10)) {
      return walk.soon(e, new Unban(dice.mostly(governance), id));
    }
    if (dice.chance(80)) {
      walk.then(later -> touchBanned(later, id));
    }
    return walk.soon(e, new Ban(dice.mostly(governance), id));
  }

  private Action touchBanned(Economy e, LicenceId id) {
    walk.then(later -> walk.soon(later, new Unban(e.network().governance(), id)));
    return walk.soon(e, new TransferDeed(ownerOf(e, id), id, dice.owner()));
  }

  private Action transfer(Economy e) {
    LicenceId id = dice.licence(e, d -> d.exists() && (d.activatedAt() > 0 || dice.chance(30)));
    EvmAddress to =
        dice.chance(94)
            ? dice.owner()
            : dice.oneOf(List.of(EvmAddress.ZERO, e.network().governance()));
    if (dice.chance(25)) {
      // The next buyer sells it on within the same epoch.
      walk.then(later -> walk.soon(later, new TransferDeed(ownerOf(later, id), id, dice.owner())));
    }
    return walk.soon(e, new TransferDeed(dice.mostly(ownerOf(e, id)), id, to));
  }

  private Action addMaster(Economy e) {
    BigInteger most = e.rules().mining().masterMost();
    if (e.deeds().count(LicenceType.MASTER_NODE_DEED) > MANY) {
      return burnMaster(e);
    }
    EvmAddress to = dice.owner();
    BigInteger room = most.subtract(e.deeds().assignedTo(to));
    BigInteger amount =
        dice.chance(50)
            ? dice.amount(most)
            : dice.oneOf(List.of(BigInteger.ZERO, room, room.add(BigInteger.ONE)));
    return walk.soon(e, new AddMaster(dice.mostly(e.network().governance()), to, amount));
  }

  private Action transferMaster(Economy e) {
    LicenceId id = master(e);
    EvmAddress to = dice.owner();
    walk.then(later -> walk.soon(later, new TransferDeed(dice.mostly(ownerOf(later, id)), id, to)));
    return walk.soon(
        e,
        new AgreeToTransfer(
            dice.mostly(e.network().governance()),
            ownerOf(e, id),
            dice.chance(95) ? to : EvmAddress.ZERO));
  }

  private Action burnMaster(Economy e) {
    LicenceId id = master(e);
    walk.then(later -> walk.soon(later, new BurnMaster(dice.mostly(ownerOf(later, id)), id)));
    return walk.soon(e, new AgreeToBurn(dice.mostly(e.network().governance()), ownerOf(e, id)));
  }

  private LicenceId master(Economy e) {
    LicenceId id =
        dice.licence(e, d -> d.exists() && d.id().type() == LicenceType.MASTER_NODE_DEED);
    return id.type() == LicenceType.MASTER_NODE_DEED
        ? id
        : new LicenceId(LicenceType.MASTER_NODE_DEED, 1);
  }

  private EvmAddress ownerOf(Economy e, LicenceId id) {
    return e.deeds()
        .find(id)
        .map(Deed::owner)
        .filter(owner -> !owner.equals(EvmAddress.ZERO))
        .orElse(dice.cast().owners().get(0));
  }
}

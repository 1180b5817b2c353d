package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.model.Claim;
import ai.ratio1.economy.model.Deed;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.EpochLog;
import ai.ratio1.economy.model.Lapse;
import ai.ratio1.economy.model.RecordEpoch;
import ai.ratio1.economy.model.SettleSeller;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What oracles record, honest or not, and what is paid for it. */
final class EpochChoices {

  private static final BigInteger ALPHA = BigInteger.valueOf(255);

  private final Dice dice;
  private final Walk walk;

  EpochChoices(Dice dice, Walk walk) {
    this.dice = dice;
    this.walk = walk;
  }

  void enter() {
    walk.often(22, this::pass);
    walk.often(11, this::claim);
    walk.often(6, this::settle);
    walk.often(3, this::lapse);
  }

  private Action pass(Economy e) {
    long epochs = dice.chance(85) ? dice.between(1, 4) : dice.between(5, 12);
    for (int i = 1; i < epochs; i++) {
      walk.then(this::record);
      walk.then(later -> settleJobs(later));
    }
    return record(e);
  }

  /** The newest epoch of a job that runs, most of the time. */
  private Action settleJobs(Economy e) {
    return JobChoices.settleNewest(dice, walk, e).orElseGet(() -> claim(e));
  }

  private Action record(Economy e) {
    EpochLog.Kind kind = EpochLog.Kind.CERTIFIED;
    if (dice.chance(10)) {
      kind = dice.chance(50) ? EpochLog.Kind.VOIDED : EpochLog.Kind.VOIDED_BY_GOVERNANCE;
    }
    long epoch = dice.about(e.epochs().pending());
    long voidAfter = e.network().voidAfter();
    long wait = kind == EpochLog.Kind.CERTIFIED ? 1 : voidAfter;
    long possible = e.network().clock().beginOf(e.epochs().pending() + wait);
    boolean early = dice.chance(4);
    long time = Math.max(e.now() + 1, early ? possible - 1 : possible + dice.between(0, 300));
    EvmAddress sender =
        kind == EpochLog.Kind.VOIDED_BY_GOVERNANCE
            ? dice.mostly(e.network().governance())
            : dice.owner();
    SortedMap<LicenceId, EvmAddress> rows = RecordEpoch.rows(e.at(time), epoch);
    Map<LicenceId, Integer> availability = new HashMap<>();
    rows.keySet().forEach(id -> availability.put(id, dice.availability()));
    Map<LicenceId, CumulativeReward> forged = new HashMap<>();
    if (!rows.isEmpty() && dice.chance(7)) {
      CumulativeReward leaf = forge(e, dice.oneOf(List.copyOf(rows.keySet())), epoch + 1);
      forged.put(leaf.licence(), leaf);
      walk.then(later -> walk.soon(later, new Claim(dice.owner(), leaf)));
    }
    return new Action.Move(new RecordEpoch(sender, epoch, kind, availability, forged), time);
  }

  /** As much as a corrupt quorum can get, or one more. */
  private CumulativeReward forge(Economy e, LicenceId id, long upTo) {
    Deed deed = e.deeds().find(id).orElseThrow();
    long first = e.network().clock().firstFrom(deed.activatedAt());
    BigInteger most = BigInteger.valueOf(Math.max(0, upTo - first)).multiply(ALPHA);
    BigInteger credits = dice.chance(75) ? most : most.add(BigInteger.ONE);
    BigInteger weight =
        id.type() == LicenceType.MASTER_NODE_DEED
            ? released(e, deed, first, upTo).multiply(ALPHA)
            : credits.multiply(e.rules().mining().rate(id.type()));
    return new CumulativeReward(id, credits, dice.chance(80) ? weight : weight.add(BigInteger.ONE));
  }

  private static BigInteger released(Economy e, Deed deed, long first, long upTo) {
    BigInteger released = BigInteger.ZERO;
    for (long epoch = first; epoch < upTo; epoch++) {
      released = released.add(RecordEpoch.rate(e.rules().mining(), deed, epoch));
    }
    return released;
  }

  private Action claim(Economy e) {
    Map<LicenceId, CumulativeReward> leaves = e.epochs().rewards();
    LicenceId id =
        leaves.isEmpty() || dice.chance(5)
            ? dice.licence(e)
            : dice.oneOf(List.copyOf(leaves.keySet()));
    long epoch = e.epochs().pending() - (dice.chance(92) ? 1 : dice.between(2, 9));
    return walk.soon(e, new Claim(dice.owner(), leaf(e, epoch, id)));
  }

  private Action settle(Economy e) {
    LicenceId id = dice.licence(e, d -> !d.unsettled().isEmpty());
    Optional<Deed.Seller> seller =
        e.deeds().find(id).map(Deed::unsettled).flatMap(all -> all.stream().findFirst());
    long through = seller.map(Deed.Seller::throughEpoch).orElse(e.epochs().pending() - 1);
    long epoch = through;
    while (epoch > 0 && dice.chance(97) && isByGovernance(e, epoch)) {
      epoch--;
    }
    if (dice.chance(12)) {
      epoch = Math.max(0, through + dice.between(-2, 2));
    }
    return walk.soon(e, new SettleSeller(dice.owner(), epoch, leaf(e, epoch, id)));
  }

  private Action lapse(Economy e) {
    LicenceId id = dice.licence(e, d -> !d.unsettled().isEmpty());
    Lapse step = new Lapse(dice.owner(), id);
    long through =
        e.deeds().find(id).map(Deed::unsettled).orElse(List.of()).stream()
            .mapToLong(Deed.Seller::throughEpoch)
            .findFirst()
            .orElse(-1);
    long missing = through + 1 + e.rules().mining().sellerEpochs() - e.epochs().pending();
    if (through < 0 || missing < 2 || dice.chance(50)) {
      return walk.soon(e, step);
    }
    walk.then(later -> walk.soon(later, step));
    return new Action.Silence(missing - dice.between(0, 1));
  }

  private static boolean isByGovernance(Economy e, long epoch) {
    return e.epochs()
        .find(epoch)
        .filter(r -> r.kind() == EpochLog.Kind.VOIDED_BY_GOVERNANCE)
        .isPresent();
  }

  /** That of the record, or one that is not there. */
  private CumulativeReward leaf(Economy e, long epoch, LicenceId id) {
    CumulativeReward none = new CumulativeReward(id, BigInteger.ZERO, BigInteger.ZERO);
    CumulativeReward leaf =
        e.epochs().find(epoch).map(r -> r.rewards().getOrDefault(id, none)).orElse(none);
    return dice.chance(97)
        ? leaf
        : new CumulativeReward(id, leaf.credits(), leaf.weight().add(BigInteger.ONE));
  }
}

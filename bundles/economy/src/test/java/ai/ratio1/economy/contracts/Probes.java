package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.PriceTier;
import ai.ratio1.economy.model.Deed;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.Finality;
import ai.ratio1.economy.model.Job;
import ai.ratio1.economy.model.RecordEpoch;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that is compared after a step. */
final class Probes {

  private final Contracts at;
  private final Cast cast;
  private final List<EvmAddress> accounts;

  Probes(Contracts contracts, Cast cast, List<EvmAddress> accounts) {
    this.at = contracts;
    this.cast = cast;
    this.accounts = accounts;
  }

  /**
   * For a state of the economy, which says what there is to ask for.
   *
   * @param all whether what cannot have changed, or follows from the rest, is asked for as well
   */
  List<Probe> of(Economy economy, boolean all) {
    List<Probe> probes = new ArrayList<>();
    token(probes);
    sale(probes, economy);
    mining(probes, economy);
    for (LicenceType type : LicenceType.values()) {
      licences(probes, type, economy);
    }
    for (LicenceId id : economy.deeds().ids()) {
      if (all || !economy.deeds().find(id).orElseThrow().unsettled().isEmpty()) {
        licence(probes, id);
      }
    }
    if (all) {
      rates(probes, economy);
    }
    escrow(probes);
    economy.jobs().byId().map().entrySet().stream()
        .filter(job -> all || !job.getValue().run().closed() || !isReleased(job.getValue()))
        .forEach(job -> job(probes, job.getKey(), economy));
    return probes;
  }

  private static boolean isReleased(Job job) {
    return job.shares().map().isEmpty();
  }

  private void token(List<Probe> probes) {
    probes.add(number("supply", at.r1(), "totalSupply()", e -> e.r1().supply()));
    probes.add(number("mined", at.r1(), "totalMined()", e -> e.r1().mined()));
    probes.add(number("minted", at.r1(), "totalMinted()", e -> e.r1().minted()));
    for (EvmAddress account : accounts) {
      probes.add(
          Probe.ofNumber(
              "balance of " + account,
              at.r1(),
              Call.of("balanceOf(address)", account),
              e -> e.r1().balance(account)));
    }
    probes.add(
        Probe.ofNumber(
            "what the escrow holds",
            at.r1(),
            Call.of("balanceOf(address)", at.escrow()),
            e -> e.jobs().held()));
  }

  private void sale(List<Probe> probes, Economy economy) {
    probes.add(
        number(
            "deeds", at.nodeDeed(), "totalSupply()", e -> e.deeds().count(LicenceType.NODE_DEED)));
    probes.add(
        number(
            "price",
            at.nodeDeed(),
            "getLicenseTokenPrice()",
            e ->
                e.rules()
                    .sale()
                    .price(
                        PriceTier.after(e.deeds().count(LicenceType.NODE_DEED)).usd(),
                        e.usdPerR1())));
    for (Bytes32 entity : economy.entities().usdLimit().map().keySet()) {
      probes.add(
          Probe.ofNumber(
              "spent by " + entity,
              at.nodeDeed(),
              Call.of("usdSpent(bytes32)", entity),
              e -> e.entities().usdSpent().get(entity, 0L)));
    }
    for (EvmAddress owner : cast.owners()) {
      probes.add(
          Probe.ofNumber(
              "assigned to " + owner,
              at.masterDeed(),
              Call.of("assignedTo(address)", owner),
              e -> e.deeds().assignedTo(owner)));
    }
    probes.add(
        number(
            "assigned",
            at.masterDeed(),
            "totalLicensesAssignedTokensAmount()",
            e -> e.deeds().assigned()));
  }

  private void mining(List<Probe> probes, Economy economy) {
    long pending = economy.epochs().pending();
    probes.add(
        number("pending epoch", at.controller(), "pendingEpoch()", e -> e.epochs().pending()));
    probes.add(
        Probe.ofNumber(
            "ceiling",
            at.rewards(),
            Call.of("emissionCeiling(uint256)", pending),
            e -> e.rules().mining().ceiling(pending)));
    if (pending > 0) {
      long recorded = pending - 1;
      probes.add(
          Probe.ofNumber(
              "when epoch " + recorded + " was recorded",
              at.controller(),
              Call.of("recordedAt(uint32)", recorded),
              e -> e.epochs().find(recorded).orElseThrow().at()));
    }
  }

  /** All of a kind at once. */
  private void licences(List<Probe> probes, LicenceType type, Economy economy) {
    long count = economy.deeds().count(type);
    probes.add(
        new Probe(
            "licences of type " + type.code(),
            at.licences(type),
            Call.of("licences(uint256,uint256)", 0, count + 1),
            r -> r.dynamic().array(Probes::licence).toString(),
            e ->
                e.deeds().ofType(type).stream()
                    .filter(Deed::exists)
                    .map(Probes::licence)
                    .toList()
                    .toString()));
  }

  private void licence(List<Probe> probes, LicenceId id) {
    EvmAddress contract = at.licences(id.type());
    if (id.type() == LicenceType.GENESIS_NODE_DEED) {
      return;
    }
    probes.add(
        new Probe(
            "sellers of " + id,
            contract,
            Call.of("handovers(uint256)", id.number()),
            r -> r.dynamic().array(s -> s.address() + "@" + s.uint63()).toString(),
            e -> sellers(e.deeds().find(id).orElseThrow())));
    if (id.type() == LicenceType.NODE_DEED) {
      probes.add(
          Probe.ofNumber(
              "residual of " + id,
              contract,
              Call.of("residual(uint256)", id.number()),
              e -> e.rules().mining().nodeDeedCap().subtract(e.deeds().requireOwned(id).paid())));
    }
  }

  /** What oracles multiply availability with in the epoch that is waited for. */
  private void rates(List<Probe> probes, Economy economy) {
    long epoch = economy.epochs().pending();
    for (Deed deed : economy.deeds().ofType(LicenceType.MASTER_NODE_DEED)) {
      LicenceId id = deed.id();
      probes.add(
          Probe.ofNumber(
              "rate of " + id,
              at.rewards(),
              Call.of("rateOf(uint8,uint256,uint32)", id.type().code(), id.number(), epoch),
              e -> RecordEpoch.rate(e.rules().mining(), e.deeds().find(id).orElseThrow(), epoch)));
    }
  }

  private void escrow(List<Probe> probes) {
    probes.add(number("next job", at.escrow(), "nextJobId()", e -> e.jobs().next()));
    for (EvmAddress account : accounts) {
      probes.add(
          Probe.ofNumber(
              "withdrawable by " + account,
              at.escrow(),
              Call.of("withdrawable(address)", account),
              e -> e.jobs().withdrawable(account)));
    }
    for (EvmAddress node : cast.nodes()) {
      probes.add(
          Probe.ofNumber(
              "score of " + node,
              at.escrow(),
              Call.of("nodeScore(address)", node),
              e -> e.jobs().score(node)));
    }
  }

  private void job(List<Probe> probes, long id, Economy economy) {
    probes.add(
        new Probe(
            "details of job " + id,
            at.escrow(),
            Call.of("getJobDetails(uint256)", id),
            Probes::details,
            e -> details(id, e)));
    probes.add(
        new Probe(
            "standing of job " + id,
            at.escrow(),
            Call.of("standingOf(uint256)", id),
            Probes::standing,
            e -> standing(e.jobs().require(id))));
    probes.add(
        Probe.ofTruth(
            "closable " + id,
            at.escrow(),
            Call.of("isClosable(uint256)", id),
            e -> Finality.isClosable(e, id)));
    Job job = economy.jobs().require(id);
    if (job.started()) {
      probes.add(
          Probe.ofTruth(
              "final first term of " + id,
              at.escrow(),
              Call.of("isTermFinal(uint256,uint256)", id, 0),
              e -> Finality.isTermFinal(e, id, 0)));
    }
    for (Job.Share share : job.shares().map().keySet()) {
      probes.add(
          Probe.ofNumber(
              share + " of job " + id,
              at.escrow(),
              Call.of(
                  "earnedBy(uint256,uint256,address,uint256)",
                  id,
                  share.term(),
                  share.node(),
                  share.deed()),
              e -> e.jobs().require(id).shares().get(share, BigInteger.ZERO)));
    }
    for (Job.TermOfNode term : job.failures().map().keySet()) {
      probes.add(
          Probe.ofNumber(
              "failures in " + term + " of job " + id,
              at.escrow(),
              Call.of("failuresOf(uint256,uint256,address)", id, term.term(), term.node()),
              e -> e.jobs().require(id).failures().get(term, 0L)));
    }
  }

  private static Probe number(
      String name, EvmAddress at, String signature, Function<Economy, Object> expected) {
    return Probe.ofNumber(name, at, Call.of(signature), expected);
  }

  private static String licence(AbiReader r) {
    r.uint(8);
    long number = r.uint63();
    return "%d: %s on %s since %d, banned %b, paid %s"
        .formatted(number, r.address(), r.address(), r.uint63(), r.bool(), r.uint(256));
  }

  private static String licence(Deed deed) {
    boolean linked = !deed.node().equals(EvmAddress.ZERO);
    return "%d: %s on %s since %d, banned %b, paid %s"
        .formatted(
            deed.id().number(),
            deed.owner(),
            deed.node(),
            linked ? deed.linkedAt() : 0,
            deed.banned(),
            deed.paid());
  }

  private static String sellers(Deed deed) {
    return deed.unsettled().stream()
        .map(s -> s.account() + "@" + s.throughEpoch())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String details(AbiReader answer) {
    AbiReader r = answer.dynamic();
    r.uint63();
    r.bytes32();
    long requestedAt = r.uint63();
    long startedAt = r.uint63();
    r.uint63(); // when the nodes changed last is no part of the model
    return "ordered %d, started %d, type %d, price %s, until %d, %d nodes, holds %s, settled %d, on %s"
        .formatted(
            requestedAt,
            startedAt,
            r.uint63(),
            r.uint(256),
            r.uint63(),
            r.uint63(),
            r.uint(256),
            r.uint63(),
            r.dynamic().array(AbiReader::address));
  }

  private static String details(long id, Economy e) {
    Job job = e.jobs().require(id);
    long elapsed = job.started() ? job.elapsed(e.currentEpoch()) : 0;
    long last = Math.max(0, job.duration() - 1);
    boolean placed = job.started() && !job.run().stopped();
    return "ordered %d, started %d, type %d, price %s, until %d, %d nodes, holds %s, settled %d, on %s"
        .formatted(
            job.order().at(),
            job.run().startedAt(),
            job.order().type(),
            job.priceAt(Math.min(elapsed, last)),
            job.end(),
            job.nodes(),
            job.balance(),
            Math.max(0, job.run().settledTo() - 1),
            placed ? job.run().sets().lastEntry().getValue() : List.of());
  }

  private static String standing(AbiReader r) {
    return "%s, ordered in %d, from %d, decision %d, started %b, stopped %b, closed %b, earned %s"
        .formatted(
            r.address(),
            r.uint63(),
            r.uint63(),
            r.uint63(),
            r.bool(),
            r.bool(),
            r.bool(),
            r.uint(256));
  }

  private static String standing(Job job) {
    return "%s, ordered in %d, from %d, decision %d, started %b, stopped %b, closed %b, earned %s"
        .formatted(
            job.order().payer(),
            job.order().epoch(),
            job.run().startEpoch(),
            job.run().sequence(),
            job.started(),
            job.run().stopped(),
            job.run().closed(),
            job.earned());
  }
}

package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.internal.core.RevertReason;
import ai.ratio1.chain.internal.core.RevertReasons;
import ai.ratio1.economy.EpochClock;
import ai.ratio1.economy.Rules;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.EpochLog;
import ai.ratio1.economy.model.Network;
import ai.ratio1.economy.model.RecordEpoch;
import ai.ratio1.economy.model.Step;
import ai.ratio1.wire.evm.AbiReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes every step on the chain, and lets models hear what came of it. */
final class SideBySide {

  private static final BigInteger FIRST_PRICE = new BigInteger("310000000000000001");

  /** Every so many transactions even what cannot have changed is compared. */
  private static final int EVERYTHING = 6;

  /**
   * What the chain said to an action.
   *
   * @param refusal the contract's reason when it refused
   * @param read what the probes answered afterwards; nothing when nothing changed
   */
  record Heard(Optional<String> refusal, Map<Probe, String> read) {}

  private final Rpc rpc;
  private final RevertReasons reasons = reasons();
  private final Contracts contracts;
  private final Archive archive;
  private final Transactions transactions;
  private final Probes probes;
  private final Follower model;
  private final List<Follower> mutants = new ArrayList<>();
  private long comparisons;

  private SideBySide(Rpc rpc, Cast cast, Contracts contracts) {
    this.rpc = rpc;
    this.contracts = contracts;
    this.archive = new Archive(this::configDigest);
    Signer signer = new Signer(contracts, cast);
    CertifiedCalls certified = new CertifiedCalls(rpc, contracts, signer, archive);
    this.transactions = new Transactions(contracts, signer, certified);
    Network network = network(rpc, cast, contracts);
    this.model = new Follower("the model", Economy.genesis(Rules.CONTRACTS, network, FIRST_PRICE));
    this.probes = new Probes(contracts, cast, accounts(network, cast));
  }

  /** Deploys, and does what must be done before epoch 0. */
  static SideBySide begin(URI chain, Cast cast, Map<String, Rules> mutants) {
    Rpc rpc = new Rpc(chain);
    Contracts contracts = Contracts.deploy(rpc, cast);
    Genesis genesis = new Genesis(rpc, cast, contracts);
    genesis.prepare(FIRST_PRICE);
    SideBySide sides = new SideBySide(rpc, cast, contracts);
    Economy first = sides.economy();
    mutants.forEach(
        (name, rules) ->
            sides.mutants.add(
                new Follower(name, Economy.genesis(rules, first.network(), FIRST_PRICE))));
    genesis.licenseOracles(first).forEach(sides::take);
    genesis.announceOracles();
    return sides;
  }

  /** What the model knows. */
  Economy economy() {
    return model.economy();
  }

  /** Compares everything there is. */
  void compareAll() {
    tell(new Action.Price(economy().usdPerR1()), read());
  }

  /** Those that were meant to be found out. */
  List<Follower> mutants() {
    return mutants;
  }

  /**
   * Takes an action on both sides.
   *
   * @return what the contract refused it for, if it did
   * @throws Difference when both sides do not agree
   */
  Optional<String> take(Action action) {
    if (action instanceof Action.Move move) {
      return move(move);
    }
    if (action instanceof Action.Price price) {
      rpc.batch(List.of(Contracts.price(price.usdPerR1()))).forEach(Rpc::result);
      tell(action, read());
    } else if (action instanceof Action.Silence silence) {
      voidAll(silence);
    }
    return Optional.empty();
  }

  private Optional<String> move(Action.Move move) {
    Economy before = economy();
    Transaction tx = transactions.of(move.step(), before.at(move.time()));
    Optional<String> refusal = attempt(tx, move.time());
    if (refusal.isPresent()) {
      tell(move, new Heard(refusal, Map.of()));
      return refusal;
    }
    Economy after = model.foresee(move);
    archive(move.step(), after);
    tell(move, new Heard(refusal, answers(probes.of(after, comparisons++ % EVERYTHING == 0))));
    return refusal;
  }

  /** Sends what the chain does not refuse. */
  private Optional<String> attempt(Transaction tx, long time) {
    rpc.ask("evm_setNextBlockTimestamp", time);
    JsonNode foreseen = rpc.batch(List.of(Rpc.Request.dryRun(tx))).get(0);
    if (foreseen.has("error")) {
      return Optional.of(reason(foreseen.get("error")));
    }
    JsonNode receipt = Rpc.result(rpc.batch(List.of(Rpc.Request.send(tx))).get(0));
    if (!receipt.get("status").asText().equals("0x1")) {
      throw new IllegalStateException("passed when it was tried, then failed: " + receipt);
    }
    return Optional.empty();
  }

  private void voidAll(Action.Silence silence) {
    Economy before = economy();
    long first = before.epochs().pending();
    long last = first + silence.epochs() - 1;
    long over = before.network().clock().beginOf(last + before.network().voidAfter());
    long time = Math.max(before.now() + 1, over);
    for (long epoch = first; epoch <= last; epoch++) {
      Action.Move move = new Action.Move(voidOf(epoch), time++);
      attempt(transactions.of(move.step(), economy()), move.time())
          .ifPresent(
              refusal -> {
                throw new Difference(move + " was refused: " + refusal);
              });
      archive(move.step(), model.foresee(move));
      tell(move, new Heard(Optional.empty(), Map.of()));
    }
    compareAll();
  }

  private RecordEpoch voidOf(long epoch) {
    return new RecordEpoch(
        economy().network().governance(),
        epoch,
        EpochLog.Kind.VOIDED_BY_GOVERNANCE,
        Map.of(),
        Map.of());
  }

  private void archive(Step step, Economy after) {
    if (step instanceof RecordEpoch recorded) {
      EpochLog.Recorded epoch = after.epochs().find(recorded.epoch()).orElseThrow();
      archive.add(archive.seal(recorded.epoch(), epoch));
    }
  }

  private void tell(Action action, Heard heard) {
    model.hear(action, heard);
    model
        .difference()
        .ifPresent(
            found -> {
              throw new Difference(found);
            });
    mutants.forEach(mutant -> mutant.hear(action, heard));
  }

  private Heard read() {
    return new Heard(Optional.empty(), answers(probes.of(economy(), true)));
  }

  private Map<Probe, String> answers(List<Probe> questions) {
    List<JsonNode> answers =
        rpc.batch(questions.stream().map(q -> Rpc.Request.call(q.at(), q.data())).toList());
    Map<Probe, String> read = new LinkedHashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      Probe probe = questions.get(i);
      read.put(probe, probe.read().apply(AbiReader.of(Rpc.bytes(Rpc.result(answers.get(i))))));
    }
    return read;
  }

  private String reason(JsonNode error) {
    String data = error.path("data").asText();
    return reasons
        .decode(data)
        .map(known -> text(known))
        .orElseThrow(() -> new Difference("no reason of the contracts: " + error));
  }

  private static String text(RevertReason reason) {
    return reason.error() + "(" + String.join(", ", reason.arguments()) + ")";
  }

  private Bytes32 configDigest() {
    String question = Call.of("configDigestOf(uint32)", 0);
    return AbiReader.of(rpc.call(contracts.controller(), question)).bytes32();
  }

  private static Network network(Rpc rpc, Cast cast, Contracts contracts) {
    return new Network(
        new EpochClock(Cast.GENESIS, Cast.EPOCH_SECONDS),
        Cast.VOID_AFTER,
        Cast.RELINK_SECONDS,
        cast.governance(),
        cast.attestor(),
        cast.liquidityWallet(),
        cast.companyWallet(),
        contracts.nodeDeed(),
        contracts.escrow(),
        contracts.pools(rpc, cast));
  }

  private static List<EvmAddress> accounts(Network network, Cast cast) {
    List<EvmAddress> accounts = new ArrayList<>(cast.owners());
    accounts.addAll(cast.operators());
    Network.Pools pools = network.pools();
    accounts.addAll(
        List.of(
            network.governance(),
            network.liquidityWallet(),
            network.companyWallet(),
            network.sale(),
            network.escrow(),
            pools.liquidity(),
            pools.operations(),
            pools.marketing(),
            pools.grants(),
            pools.socialResponsibility()));
    return accounts;
  }

  private static RevertReasons reasons() {
    try (InputStream listed = RevertReasons.class.getResourceAsStream("errors.txt")) {
      byte[] text = Objects.requireNonNull(listed).readAllBytes();
      return RevertReasons.of(new String(text, StandardCharsets.US_ASCII).lines().toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

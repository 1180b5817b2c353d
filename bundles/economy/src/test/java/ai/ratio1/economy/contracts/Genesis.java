package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.economy.model.Attest;
import ai.ratio1.economy.model.BuyDeeds;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.Give;
import ai.ratio1.economy.model.LinkDeed;
import ai.ratio1.economy.model.Step;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What is done before epoch 0: allowances, oracles with licences, some money for everybody. */
final class Genesis {

  private static final BigInteger WITHOUT_END = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  private static final BigInteger FORTUNE = BigInteger.TEN.pow(24).add(BigInteger.valueOf(77));
  private static final long USD_LIMIT = 40_000;
  private static final long LATER = 1_000_000;

  private final Rpc rpc;
  private final Cast cast;
  private final Contracts contracts;

  Genesis(Rpc rpc, Cast cast, Contracts contracts) {
    this.rpc = rpc;
    this.cast = cast;
    this.contracts = contracts;
  }

  /** What the model takes for granted. */
  void prepare(BigInteger usdPerR1) {
    rpc.batch(List.of(Contracts.price(usdPerR1))).forEach(Rpc::result);
    send(
        cast.governance(),
        contracts.entities(),
        Entities.getABI_nameAttestor(cast.attestor().toHex()));
    List<EvmAddress> payers = new ArrayList<>(cast.owners());
    payers.addAll(cast.operators());
    payers.add(cast.governance());
    for (EvmAddress payer : payers) {
      for (EvmAddress spender : List.of(contracts.nodeDeed(), contracts.escrow())) {
        send(payer, contracts.r1(), R1.getABI_approve(spender.toHex(), WITHOUT_END));
      }
    }
  }

  /** Money, entities, and a licensed node for each oracle. */
  List<Action> licenseOracles(Economy economy) {
    EvmAddress governance = cast.governance();
    List<Step> steps = new ArrayList<>();
    for (EvmAddress owner : cast.owners()) {
      steps.add(new Give(governance, owner, FORTUNE));
      steps.add(attest(owner, cast.owners().indexOf(owner) / 2));
    }
    steps.add(attest(governance, 100));
    for (int i = 0; i < cast.oracles().size(); i++) {
      EvmAddress operator = cast.operators().get(i);
      EvmAddress node = cast.oracles().get(i);
      LicenceId deed = new LicenceId(LicenceType.NODE_DEED, i + 1);
      steps.add(new Give(governance, operator, FORTUNE));
      steps.add(attest(operator, 200 + i));
      steps.add(new BuyDeeds(operator, 1, 1, FORTUNE, Cast.BIRTH + LATER));
      steps.add(new LinkDeed(operator, deed, node, 0, Cast.BIRTH + LATER, node));
    }
    List<Action> actions = new ArrayList<>();
    long time = Cast.BIRTH + 1_000;
    for (Step step : steps) {
      actions.add(new Action.Move(step, time++));
    }
    return actions;
  }

  void announceOracles() {
    List<String> oracles = cast.oracles().stream().map(EvmAddress::toHex).toList();
    send(cast.governance(), contracts.controller(), Controller.getABI_announceOracles(oracles));
    send(
        cast.governance(),
        contracts.controller(),
        Controller.getABI_scheduleGenesis(BigInteger.valueOf(Cast.GENESIS)));
  }

  private Attest attest(EvmAddress account, int entity) {
    return new Attest(
        cast.governance(),
        account,
        Cast.entity(entity),
        USD_LIMIT,
        0,
        Cast.BIRTH + LATER,
        cast.attestor());
  }

  private void send(EvmAddress from, EvmAddress to, String data) {
    var receipt =
        Rpc.result(rpc.batch(List.of(Rpc.Request.send(new Transaction(from, to, data)))).get(0));
    if (!receipt.get("status").asText().equals("0x1")) {
      throw new IllegalStateException("refused: " + receipt);
    }
  }
}

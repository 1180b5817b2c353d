package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.internal.contracts.DevMinter;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.core.EscrowValues;
import ai.ratio1.economy.model.AddMaster;
import ai.ratio1.economy.model.AgreeToBurn;
import ai.ratio1.economy.model.AgreeToTransfer;
import ai.ratio1.economy.model.Attest;
import ai.ratio1.economy.model.Ban;
import ai.ratio1.economy.model.Burn;
import ai.ratio1.economy.model.BurnMaster;
import ai.ratio1.economy.model.BuyDeeds;
import ai.ratio1.economy.model.CloseJob;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.ExtendDuration;
import ai.ratio1.economy.model.ExtendNodes;
import ai.ratio1.economy.model.Give;
import ai.ratio1.economy.model.LinkDeed;
import ai.ratio1.economy.model.OrderJobs;
import ai.ratio1.economy.model.RedeemJob;
import ai.ratio1.economy.model.ReleaseTerm;
import ai.ratio1.economy.model.Revoke;
import ai.ratio1.economy.model.Step;
import ai.ratio1.economy.model.TransferDeed;
import ai.ratio1.economy.model.TransferR1;
import ai.ratio1.economy.model.Unban;
import ai.ratio1.economy.model.UnlinkDeed;
import ai.ratio1.economy.model.Withdraw;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Steps of the model as transactions to the contracts. */
final class Transactions {

  private final Map<Class<?>, BiFunction<Step, Economy, Transaction>> encoders = new HashMap<>();
  private final Contracts to;
  private final Signer signer;

  Transactions(Contracts contracts, Signer signer, CertifiedCalls certified) {
    this.to = contracts;
    this.signer = signer;
    token();
    sale();
    links();
    masters();
    orders();
    certified.enter(this);
    if (!encoders.keySet().equals(Set.of(Step.class.getPermittedSubclasses()))) {
      throw new IllegalStateException("steps without a transaction: " + encoders.keySet());
    }
  }

  /** The transaction of a step that is taken in a state of the economy. */
  Transaction of(Step step, Economy before) {
    return encoders.get(step.getClass()).apply(step, before);
  }

  <S extends Step> void on(Class<S> kind, EvmAddress contract, Function<S, String> data) {
    on(kind, (step, before) -> new Transaction(step.sender(), contract, data.apply(step)));
  }

  <S extends Step> void on(Class<S> kind, BiFunction<S, Economy, Transaction> encoder) {
    encoders.put(kind, (step, before) -> encoder.apply(kind.cast(step), before));
  }

  private void token() {
    on(Give.class, to.devMinter(), s -> DevMinter.getABI_mint(s.to().toHex(), s.amount()));
    on(TransferR1.class, to.r1(), s -> R1.getABI_transfer(s.to().toHex(), s.amount()));
    on(Burn.class, to.r1(), s -> R1.getABI_burn(s.amount()));
  }

  private void sale() {
    on(
        Attest.class,
        to.entities(),
        s ->
            Entities.getABI_attest(
                s.account().toHex(),
                s.entity().toArray(),
                number(s.usdLimit()),
                number(s.nonce()),
                number(s.deadline()),
                signer.attestation(s)));
    on(Revoke.class, to.entities(), s -> Entities.getABI_revoke(s.account().toHex()));
    on(
        BuyDeeds.class,
        to.nodeDeed(),
        s ->
            NodeDeed.getABI_buy(
                number(s.count()), number(s.tier()), s.mostForOne(), number(s.deadline())));
  }

  private void links() {
    ofLicence(
        LinkDeed.class,
        s -> s.id().type(),
        s ->
            NodeDeed.getABI_link(
                number(s.id().number()),
                s.node().toHex(),
                number(s.nonce()),
                number(s.deadline()),
                signer.consent(s)));
    ofLicence(
        UnlinkDeed.class, s -> s.id().type(), s -> NodeDeed.getABI_unlink(number(s.id().number())));
    ofLicence(
        Ban.class, s -> s.id().type(), s -> NodeDeed.getABI_ban(number(s.id().number()), "why"));
    ofLicence(
        Unban.class,
        s -> s.id().type(),
        s -> NodeDeed.getABI_unban(number(s.id().number()), "why"));
    ofLicence(
        TransferDeed.class,
        s -> s.id().type(),
        s ->
            NodeDeed.getABI_transferFrom(
                s.sender().toHex(), s.to().toHex(), number(s.id().number())));
  }

  private void masters() {
    EvmAddress masters = to.masterDeed();
    on(AddMaster.class, masters, s -> MasterDeed.getABI_addLicense(s.to().toHex(), s.amount()));
    on(
        AgreeToTransfer.class,
        masters,
        s -> MasterDeed.getABI_initiateTransfer(s.from().toHex(), s.to().toHex()));
    on(AgreeToBurn.class, masters, s -> MasterDeed.getABI_initiateBurn(s.from().toHex()));
    on(BurnMaster.class, masters, s -> MasterDeed.getABI_burn(number(s.id().number())));
  }

  private void orders() {
    EvmAddress escrow = to.escrow();
    on(
        OrderJobs.class,
        escrow,
        s ->
            Escrow.getABI_createJobs(
                s.payer().toHex(),
                s.requests().stream().map(Transactions::request).toList(),
                funding(s.funding())));
    on(
        ExtendDuration.class,
        escrow,
        s ->
            Escrow.getABI_extendJobDuration(
                number(s.jobId()), number(s.end()), funding(s.funding())));
    on(
        ExtendNodes.class,
        escrow,
        s ->
            Escrow.getABI_extendJobNodes(
                number(s.jobId()), number(s.nodes()), funding(s.funding())));
    on(RedeemJob.class, escrow, s -> Escrow.getABI_redeemUnusedJob(number(s.jobId())));
    on(
        ReleaseTerm.class,
        escrow,
        s ->
            Escrow.getABI_release(
                number(s.jobId()),
                number(s.term()),
                s.shares().stream().map(EscrowValues::share).toList()));
    on(CloseJob.class, escrow, s -> Escrow.getABI_close(number(s.jobId())));
    on(Withdraw.class, escrow, s -> Escrow.getABI_withdraw(s.to().toHex()));
  }

  /** Calls that the contracts of all kinds of licences share. */
  private <S extends Step> void ofLicence(
      Class<S> kind, Function<S, LicenceType> type, Function<S, String> data) {
    on(
        kind,
        (step, before) ->
            new Transaction(step.sender(), to.licences(type.apply(step)), data.apply(step)));
  }

  private static Escrow.JobCreationRequest request(OrderJobs.Request from) {
    byte[] project = new byte[32];
    Arrays.fill(project, (byte) 7);
    return new Escrow.JobCreationRequest(
        number(from.type()), project, number(from.end()), number(from.nodes()));
  }

  private static Escrow.Funding funding(OrderJobs.Funding from) {
    byte[] none = new byte[32];
    return new Escrow.Funding(from.maximum(), number(from.deadline()), BigInteger.ZERO, none, none);
  }

  static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }

  static List<byte[]> arrays(List<Bytes32> words) {
    return words.stream().map(Bytes32::toArray).toList();
  }
}

package ai.ratio1.economy.contracts;

import static ai.ratio1.economy.contracts.Transactions.arrays;
import static ai.ratio1.economy.contracts.Transactions.number;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.Placement;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.Rewards;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.EscrowValues;
import ai.ratio1.economy.model.Claim;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.EpochLog;
import ai.ratio1.economy.model.Lapse;
import ai.ratio1.economy.model.RecordEpoch;
import ai.ratio1.economy.model.RecordNodes;
import ai.ratio1.economy.model.Refusal;
import ai.ratio1.economy.model.SettleAbsent;
import ai.ratio1.economy.model.SettleNodes;
import ai.ratio1.economy.model.SettleSeller;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.DecisionHash;
import ai.ratio1.wire.certificate.PlacementHash;
import ai.ratio1.wire.evm.AbiReader;
import java.util.List;
import java.util.Map;
import org.web3j.abi.datatypes.StaticStruct;

/** Calls that carry what oracles signed, or a proof against it. */
final class CertifiedCalls {

  private final Rpc rpc;
  private final Contracts to;
  private final Signer signer;
  private final Archive archive;

  CertifiedCalls(Rpc rpc, Contracts contracts, Signer signer, Archive archive) {
    this.rpc = rpc;
    this.to = contracts;
    this.signer = signer;
    this.archive = archive;
  }

  void enter(Transactions transactions) {
    transactions.on(RecordEpoch.class, this::record);
    transactions.on(Claim.class, to.rewards(), this::claim);
    transactions.on(SettleSeller.class, to.rewards(), this::settleSeller);
    transactions.on(
        Lapse.class,
        to.rewards(),
        s -> Rewards.getABI_lapse(number(s.id().type().code()), number(s.id().number())));
    transactions.on(RecordNodes.class, to.escrow(), this::recordNodes);
    transactions.on(SettleNodes.class, to.escrow(), this::settleNodes);
    transactions.on(
        SettleAbsent.class,
        to.escrow(),
        s -> Escrow.getABI_settleAbsent(number(s.jobId()), certificateFor(s.epoch())));
  }

  private Transaction record(RecordEpoch step, Economy before) {
    Archive.Sealed sealed = archive.seal(step.epoch(), foreseen(step, before));
    return new Transaction(
        step.sender(),
        to.controller(),
        switch (step.kind()) {
          case CERTIFIED -> submit(sealed.outcome());
          case VOIDED -> submitVoid(sealed.voided(outcomeBefore(step.epoch())));
          case VOIDED_BY_GOVERNANCE ->
              Controller.getABI_voidByGovernance(
                  number(step.epoch()), outcomeBefore(step.epoch()).toArray());
        });
  }

  /** What will be under the roots; nothing when the step will be refused. */
  private static EpochLog.Recorded foreseen(RecordEpoch step, Economy before) {
    try {
      return step.after(before).epochs().find(step.epoch()).orElseThrow();
    } catch (Refusal refused) {
      return new EpochLog.Recorded(step.kind(), 0, Map.of(), Map.of());
    }
  }

  private String submit(EpochOutcome outcome) {
    Bytes32 digest = CertificateHash.digest(signer.domain(), outcome, 0);
    return Controller.getABI_submitEpoch(
        ContractValues.certificate(new SignedCertificate(outcome, 0, 0b111, List.of())),
        Signer.QUORUM,
        signer.quorum(digest));
  }

  private String submitVoid(Controller.VoidEpoch voided) {
    String question = Controller.getABI_voidHashesOf(voided);
    Bytes32 digest = AbiReader.of(rpc.call(to.controller(), question)).bytes32();
    return Controller.getABI_submitVoid(voided, Signer.QUORUM, signer.quorum(digest));
  }

  private String claim(Claim step) {
    CumulativeReward leaf = step.leaf();
    return Rewards.getABI_claim(
        number(leaf.licence().type().code()),
        number(leaf.licence().number()),
        leaf.credits(),
        leaf.weight(),
        arrays(archive.newest().proof(leaf.licence())));
  }

  private String settleSeller(SettleSeller step) {
    CumulativeReward leaf = step.leaf();
    Archive.Sealed sealed = archive.of(step.epoch());
    List<byte[]> proof = arrays(sealed.proof(leaf.licence()));
    if (sealed.kind() == EpochLog.Kind.VOIDED) {
      return Rewards.getABI_settleVoid(
          number(leaf.licence().type().code()),
          number(leaf.licence().number()),
          leaf.credits(),
          leaf.weight(),
          same(sealed.voided(outcomeBefore(step.epoch())), Rewards.VoidEpoch.class),
          proof);
    }
    return Rewards.getABI_settle(
        number(leaf.licence().type().code()),
        number(leaf.licence().number()),
        leaf.credits(),
        leaf.weight(),
        same(EscrowValues.certificate(sealed.outcome()), Rewards.EpochCertificate.class),
        proof);
  }

  private String recordNodes(RecordNodes step) {
    Placement placement = new Placement(step.jobId(), step.fromEpoch(), step.nodes());
    Bytes32 configDigest = archive.configDigest();
    Bytes32 topic = PlacementHash.topic(step.jobId());
    Bytes32 value = PlacementHash.value(placement);
    Bytes32 digest =
        DecisionHash.digest(signer.domain(), configDigest, topic, step.sequence(), 0, value);
    SignedDecision decision =
        new SignedDecision(configDigest, topic, step.sequence(), 0, value, 0b111, List.of());
    return Escrow.getABI_recordNodes(
        number(step.jobId()),
        number(step.fromEpoch()),
        step.nodes().stream().map(EvmAddress::toHex).toList(),
        EscrowValues.decision(decision),
        Signer.QUORUM,
        signer.quorum(digest).stream()
            .map(signature -> new Escrow.CompactSignature(signature.r, signature.vs))
            .toList());
  }

  private String settleNodes(SettleNodes step) {
    Archive.Sealed sealed = archive.of(step.epoch());
    return Escrow.getABI_settle(
        number(step.jobId()),
        certificateFor(step.epoch()),
        step.rows().stream().map(row -> EscrowValues.entry(sealed.proof(row))).toList());
  }

  /** One of an epoch that has none is never that of another. */
  private Escrow.EpochCertificate certificateFor(long epoch) {
    return EscrowValues.certificate(archive.of(epoch).outcome());
  }

  private Bytes32 outcomeBefore(long epoch) {
    return epoch == 0
        ? Bytes32.ZERO
        : AbiReader.of(rpc.call(to.controller(), Call.of("outcomeHash(uint256)", epoch - 1)))
            .bytes32();
  }

  /** The generator makes a type of its own for a struct in every contract. */
  private static <T extends StaticStruct> T same(StaticStruct from, Class<T> type) {
    try {
      Class<?>[] words = from.getValue().stream().map(Object::getClass).toArray(Class<?>[]::new);
      return type.getConstructor(words).newInstance(from.getValue().toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

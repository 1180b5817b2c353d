package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.identity.NodeIdentity;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The epochs that the controller recorded. */
final class ContractEpochLedger implements EpochLedger {

  private static final List<String> DEALT_WITH =
      List.of("OracleIsSuspended", "EvidenceSpent", "NotAnOracleOf");

  private final Chain chain;
  private final TransactionSender sender;
  private final Supplier<Optional<NodeIdentity>> identity;
  private final Controller controller;
  private final RecordedEpochs events;
  private final RecentEpochs<Bytes32> beacons = new RecentEpochs<>(16);
  private final RecentEpochs<RecordedEpoch> recorded = new RecentEpochs<>(16);

  ContractEpochLedger(
      Chain chain,
      TransactionSender sender,
      ContractCalls calls,
      RecordedEpochs events,
      Supplier<Optional<NodeIdentity>> identity) {
    this.chain = chain;
    this.sender = sender;
    this.events = events;
    this.identity = identity;
    this.controller = calls.controller(chain.controller());
  }

  @Override
  public long pendingEpoch() {
    return ContractCalls.read(controller.pendingEpoch(), BigInteger::longValueExact);
  }

  @Override
  public Optional<Bytes32> outcomeHash(long epoch) {
    if (epoch < 0) {
      return Optional.empty();
    }
    Bytes32 hash = ContractCalls.read(controller.outcomeHash(number(epoch)), Bytes32::of);
    return Optional.of(hash).filter(known -> !known.equals(Bytes32.ZERO));
  }

  @Override
  public Optional<RecordedEpoch> recorded(long epoch) {
    return epoch < 0 ? Optional.empty() : recorded.find(epoch, () -> events.find(epoch));
  }

  @Override
  public Bytes32 cumulativeRoot() {
    return ContractCalls.read(controller.cumulativeRoot(), Bytes32::of);
  }

  /** Only what final blocks decide is answered, so the answer never changes. */
  @Override
  public Optional<Bytes32> beacon(long epoch) {
    if (epoch < 0) {
      return Optional.empty();
    }
    BigInteger asOf = number(chain.finalised().timestamp().getEpochSecond());
    try {
      return Optional.of(
          beacons.get(
              epoch,
              () -> ContractCalls.read(controller.beacon(number(epoch), asOf), Bytes32::of)));
    } catch (ContractRefusal refusal) {
      if (refusal.is("NotDecided") || refusal.is("NoOracles")) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  @Override
  public Optional<Receipt> submit(SignedCertificate certificate) {
    long epoch = certificate.outcome().epoch();
    NodeAccount account = account();
    if (isRecorded(epoch)) {
      return Optional.empty();
    }
    String data =
        Controller.getABI_submitEpoch(
            ContractValues.certificate(certificate),
            ContractValues.unsigned(certificate.signers()),
            certificate.signatures().stream().map(ContractValues::compact).toList());
    return submit(account, data, refusal -> isRecorded(epoch));
  }

  @Override
  public int voidAfter() {
    return ContractCalls.read(controller.voidAfter(), BigInteger::intValueExact);
  }

  @Override
  public Optional<Receipt> submit(SignedVoid voided) {
    long epoch = voided.outcome().epoch();
    NodeAccount account = account();
    if (isRecorded(epoch)) {
      return Optional.empty();
    }
    String data =
        Controller.getABI_submitVoid(
            ContractValues.voided(voided),
            ContractValues.unsigned(voided.signers()),
            voided.signatures().stream().map(ContractValues::compact).toList());
    return submit(account, data, refusal -> isRecorded(epoch));
  }

  @Override
  public Optional<Receipt> submit(Contradiction evidence) {
    String data =
        Controller.getABI_submitEvidence(
            evidence.oracle().toHex(),
            number(evidence.kind()),
            evidence.first(),
            ContractValues.compact(evidence.firstSignature()),
            evidence.second(),
            ContractValues.compact(evidence.secondSignature()));
    return submit(
        account(),
        data,
        refusal ->
            refusal instanceof ContractRefusal reason && DEALT_WITH.stream().anyMatch(reason::is));
  }

  /** Sends; a refusal because of what others did before is no failure. */
  private Optional<Receipt> submit(
      NodeAccount account, String data, Predicate<R1Exception> overtaken) {
    try {
      return Optional.of(Receipts.of(sender.send(account, chain.controller(), data)));
    } catch (R1Exception refused) {
      if (refused.code().equals(ChainFailure.CONTRACT_REFUSED.code()) && overtaken.test(refused)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public EvmAddress payer() {
    return account().address();
  }

  private NodeAccount account() {
    return identity
        .get()
        .map(NodeAccount::new)
        .orElseThrow(() -> ChainFailure.NO_NODE_KEY.because("This program has no node key."));
  }

  private boolean isRecorded(long epoch) {
    return pendingEpoch() > epoch;
  }

  private static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}

package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.Job;
import ai.ratio1.chain.JobFunding;
import ai.ratio1.chain.JobRequest;
import ai.ratio1.chain.JobShare;
import ai.ratio1.chain.Placement;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.EscrowValues;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** The escrow contract, which the directory names. */
final class ContractEscrow implements ai.ratio1.chain.Escrow {

  private static final String NAME = "Escrow";

  private final TransactionSender sender;
  private final ContractCalls calls;
  private final ContractDirectory directory;
  private final EvmAddress r1;

  ContractEscrow(
      TransactionSender sender, ContractCalls calls, ContractDirectory directory, EvmAddress r1) {
    this.sender = sender;
    this.calls = calls;
    this.directory = directory;
    this.r1 = r1;
  }

  @Override
  public BigInteger usdPrice(int jobType) {
    return ContractCalls.read(contract().getPriceForJobType(BigInteger.valueOf(jobType)));
  }

  @Override
  public BigInteger price(int jobType) {
    EvmAddress prices = ContractCalls.read(contract().prices(), EvmAddress::parse);
    return ContractCalls.read(calls.jobPrices(prices).r1Price(BigInteger.valueOf(jobType)));
  }

  @Override
  public List<Long> create(
      Account account, EvmAddress payer, List<JobRequest> requests, JobFunding funding) {
    allow(account, payer, funding);
    String data =
        Escrow.getABI_createJobs(
            payer.toHex(),
            requests.stream().map(EscrowValues::request).toList(),
            EscrowValues.funding(funding));
    TransactionReceipt receipt = sender.send(SigningAccount.of(account), address(), data);
    return Escrow.getJobCreatedEvents(receipt).stream()
        .map(created -> created.jobId.longValueExact())
        .toList();
  }

  @Override
  public Receipt extendDuration(
      Account account, long jobId, long lastExecutionEpoch, JobFunding funding) {
    allow(account, payerOf(jobId), funding);
    return send(
        account,
        Escrow.getABI_extendJobDuration(
            number(jobId), number(lastExecutionEpoch), EscrowValues.funding(funding)));
  }

  @Override
  public Receipt extendNodes(Account account, long jobId, int nodes, JobFunding funding) {
    allow(account, payerOf(jobId), funding);
    return send(
        account,
        Escrow.getABI_extendJobNodes(number(jobId), number(nodes), EscrowValues.funding(funding)));
  }

  @Override
  public Receipt redeem(Account account, long jobId) {
    return send(account, Escrow.getABI_redeemUnusedJob(number(jobId)));
  }

  @Override
  public Receipt recordNodes(Account account, Placement placement, SignedDecision decision) {
    return send(
        account,
        Escrow.getABI_recordNodes(
            number(placement.jobId()),
            number(placement.fromEpoch()),
            placement.nodes().stream().map(EvmAddress::toHex).toList(),
            EscrowValues.decision(decision),
            ContractValues.unsigned(decision.signers()),
            decision.signatures().stream().map(EscrowValues::compact).toList()));
  }

  @Override
  public Receipt settle(
      Account account, long jobId, EpochOutcome epoch, List<AvailabilityProof> rows) {
    return send(
        account,
        Escrow.getABI_settle(
            number(jobId),
            EscrowValues.certificate(epoch),
            rows.stream().map(EscrowValues::entry).toList()));
  }

  @Override
  public Receipt settleAbsent(Account account, long jobId, EpochOutcome epoch) {
    return send(
        account, Escrow.getABI_settleAbsent(number(jobId), EscrowValues.certificate(epoch)));
  }

  @Override
  public Receipt release(Account account, long jobId, long term, List<JobShare> shares) {
    return send(
        account,
        Escrow.getABI_release(
            number(jobId), number(term), shares.stream().map(EscrowValues::share).toList()));
  }

  @Override
  public Receipt close(Account account, long jobId) {
    return send(account, Escrow.getABI_close(number(jobId)));
  }

  @Override
  public Receipt withdraw(Account owner, EvmAddress to) {
    return send(owner, Escrow.getABI_withdraw(to.toHex()));
  }

  @Override
  public BigInteger withdrawable(EvmAddress account) {
    return ContractCalls.read(contract().withdrawable(account.toHex()));
  }

  @Override
  public BigInteger earned(long jobId, long term, JobShare share) {
    return ContractCalls.read(
        contract()
            .earnedBy(
                number(jobId),
                number(term),
                share.node().toHex(),
                number(share.licence().number())));
  }

  /** Two requests: a job that changes between them is shown with parts of both states. */
  @Override
  public Optional<Job> job(long jobId) {
    Escrow escrow = contract();
    try {
      EscrowValues.Standing standing =
          calls.read(address(), escrow.standingOf(number(jobId)), EscrowValues::standing);
      return Optional.of(
          calls.read(
              address(),
              escrow.getJobDetails(number(jobId)),
              details -> EscrowValues.job(details, standing)));
    } catch (ContractRefusal refusal) {
      if (refusal.is("UnknownJob")) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  @Override
  public long newestJob() {
    return ContractCalls.read(contract().nextJobId(), BigInteger::longValueExact) - 1;
  }

  @Override
  public List<Long> activeJobs(EvmAddress payer) {
    return calls.readList(address(), contract().getActiveJobs(payer.toHex()), AbiReader::uint63);
  }

  @Override
  public List<EvmAddress> nodesOf(long jobId, long epoch) {
    return calls.readList(
        address(), contract().nodesOf(number(jobId), number(epoch)), AbiReader::address);
  }

  @Override
  public boolean isSettled(long jobId, long epoch, EvmAddress node) {
    return ContractCalls.read(contract().isSettled(number(jobId), number(epoch), node.toHex()));
  }

  @Override
  public boolean isTermFinal(long jobId, long term) {
    return ContractCalls.read(contract().isTermFinal(number(jobId), number(term)));
  }

  @Override
  public boolean isClosable(long jobId) {
    return ContractCalls.read(contract().isClosable(number(jobId)));
  }

  @Override
  public int score(EvmAddress node) {
    return ContractCalls.read(contract().nodeScore(node.toHex()), BigInteger::intValueExact);
  }

  /** A payer that sends itself lets the escrow take the maximum, if it may not yet. */
  private void allow(Account account, EvmAddress payer, JobFunding funding) {
    if (!account.address().equals(payer)) {
      return;
    }
    String spender = address().toHex();
    BigInteger allowed = ContractCalls.read(calls.r1(r1).allowance(payer.toHex(), spender));
    if (allowed.compareTo(funding.maximum()) < 0) {
      sender.send(SigningAccount.of(account), r1, R1.getABI_approve(spender, funding.maximum()));
    }
  }

  private EvmAddress payerOf(long jobId) {
    return calls
        .read(address(), contract().standingOf(number(jobId)), EscrowValues::standing)
        .payer();
  }

  private Receipt send(Account account, String data) {
    return Receipts.of(sender.send(SigningAccount.of(account), address(), data));
  }

  private EvmAddress address() {
    return directory.require(NAME);
  }

  private Escrow contract() {
    return calls.escrow(address());
  }

  private static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}

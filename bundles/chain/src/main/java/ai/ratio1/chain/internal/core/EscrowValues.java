package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.Job;
import ai.ratio1.chain.JobFunding;
import ai.ratio1.chain.JobRequest;
import ai.ratio1.chain.JobShare;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Between what the escrow speaks and the values of its service contract. */
public final class EscrowValues {

  private static final byte[] NONE = new byte[32];

  private EscrowValues() {}

  /**
   * {@code Escrow.standingOf(jobId)}.
   *
   * @param payer who pays
   * @param requestEpoch when it was ordered
   * @param startEpoch when its first nodes ran it, if they did
   * @param sequence of the next decision
   * @param stopped before its time
   * @param closed for good
   * @param earned and not released
   */
  public record Standing(
      EvmAddress payer,
      long requestEpoch,
      OptionalLong startEpoch,
      long sequence,
      boolean stopped,
      boolean closed,
      BigInteger earned) {}

  /** Reads a standing. */
  public static Standing standing(AbiReader from) {
    EvmAddress payer = from.address();
    long requestEpoch = from.uint63();
    long startEpoch = from.uint63();
    long sequence = from.uint63();
    OptionalLong start = from.bool() ? OptionalLong.of(startEpoch) : OptionalLong.empty();
    return new Standing(
        payer, requestEpoch, start, sequence, from.bool(), from.bool(), from.uint(256));
  }

  /** Reads {@code Escrow.getJobDetails(jobId)}. */
  public static Job job(AbiReader from, Standing standing) {
    AbiReader details = from.dynamic();
    long id = details.uint63();
    Bytes32 project = details.bytes32();
    Instant requestedAt = Instant.ofEpochSecond(details.uint63());
    Optional<Instant> startedAt = moment(details);
    Optional<Instant> changedAt = moment(details);
    int jobType = details.uint(31).intValueExact();
    BigInteger price = details.uint(256);
    long end = details.uint63();
    int nodes = details.uint(31).intValueExact();
    BigInteger balance = details.uint(255); // signed there, but never below zero
    details.uint63(); // the newest settled epoch
    List<EvmAddress> active = details.dynamic().array(AbiReader::address);
    return new Job(
        id,
        standing.payer(),
        project,
        jobType,
        price,
        requestedAt,
        startedAt,
        changedAt,
        standing.requestEpoch(),
        standing.startEpoch(),
        end,
        nodes,
        active,
        standing.sequence(),
        balance,
        standing.earned(),
        standing.stopped(),
        standing.closed());
  }

  /** What is ordered. */
  public static Escrow.JobCreationRequest request(JobRequest from) {
    return new Escrow.JobCreationRequest(
        BigInteger.valueOf(from.jobType()),
        from.projectHash().toArray(),
        BigInteger.valueOf(from.lastExecutionEpoch()),
        BigInteger.valueOf(from.nodes()));
  }

  /** How it is paid: by an allowance. */
  public static Escrow.Funding funding(JobFunding from) {
    return new Escrow.Funding(
        from.maximum(),
        BigInteger.valueOf(from.deadline().getEpochSecond()),
        BigInteger.ZERO,
        NONE,
        NONE);
  }

  /** A recorded outcome; the view it was reached in is no part of its hash. */
  public static Escrow.EpochCertificate certificate(EpochOutcome outcome) {
    return new Escrow.EpochCertificate(
        outcome.configDigest().toArray(),
        BigInteger.valueOf(outcome.epoch()),
        BigInteger.ZERO,
        ContractValues.unsigned(outcome.observers()),
        ContractValues.unsigned(outcome.excluded()),
        BigInteger.valueOf(outcome.theta()),
        BigInteger.valueOf(outcome.nodeCount()),
        outcome.registryRoot().toArray(),
        outcome.inputsDigest().toArray(),
        outcome.availabilityRoot().toArray(),
        outcome.cumulativeRoot().toArray(),
        outcome.tableHash().toArray(),
        outcome.reputationRoot().toArray());
  }

  /** A row of an epoch. */
  public static Escrow.Entry entry(AvailabilityProof from) {
    return new Escrow.Entry(
        BigInteger.valueOf(from.row().licence().type().code()),
        BigInteger.valueOf(from.row().licence().number()),
        from.row().node().toHex(),
        BigInteger.valueOf(from.availability()),
        from.path().stream().map(Bytes32::toArray).toList());
  }

  /**
   * What a node earned for a deed.
   *
   * @throws IllegalArgumentException if it is no Node Deed, for which nothing is earned
   */
  public static Escrow.Share share(JobShare from) {
    if (from.licence().type() != LicenceType.NODE_DEED) {
      throw new IllegalArgumentException(from.licence() + " earns nothing by jobs");
    }
    return new Escrow.Share(from.node().toHex(), BigInteger.valueOf(from.licence().number()));
  }

  /** What a quorum decided. */
  public static Escrow.DecisionCertificate decision(SignedDecision from) {
    return new Escrow.DecisionCertificate(
        from.configDigest().toArray(),
        from.topic().toArray(),
        BigInteger.valueOf(from.sequence()),
        BigInteger.valueOf(from.view()),
        from.valueHash().toArray());
  }

  /** A signature in the 64 bytes of EIP-2098. */
  public static Escrow.CompactSignature compact(byte[] signature) {
    Controller.CompactSignature compact = ContractValues.compact(signature);
    return new Escrow.CompactSignature(compact.r, compact.vs);
  }

  private static Optional<Instant> moment(AbiReader from) {
    long second = from.uint63();
    return second == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
  }
}

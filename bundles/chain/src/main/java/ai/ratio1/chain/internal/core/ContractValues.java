package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Between what contracts speak and the values of the service contracts. Everything that comes in is
 * an endpoint's answer; what does not fit raises an unchecked exception.
 */
public final class ContractValues {

  private ContractValues() {}

  /** The controller's own description of its network: {@code Controller.network()}. */
  public static Network network(AbiReader from) {
    Bytes32 id = from.bytes32();
    long start = from.uint63();
    Duration epochLength = Duration.ofSeconds(from.uint63());
    Duration slotLength = millis(from);
    Duration tolerance = millis(from);
    Duration late = millis(from);
    Duration commit = millis(from);
    int theta = from.uint(8).intValueExact();
    from.uint(8); // the protocol version is part of the configuration digest
    from.uint(32); // the pending epoch moves on; it is asked for when it is needed
    Optional<EpochSchedule> schedule =
        start == 0
            ? Optional.empty()
            : Optional.of(
                new EpochSchedule(
                    Instant.ofEpochSecond(start),
                    epochLength,
                    slotLength,
                    tolerance,
                    late,
                    commit,
                    theta));
    EvmAddress governance = from.address();
    Network.Contracts contracts =
        new Network.Contracts(
            from.address(),
            from.address(),
            from.address(),
            from.address(),
            from.address(),
            from.address(),
            from.address(),
            from.address());
    return new Network(id, schedule, governance, contracts);
  }

  /** State of a licence: {@code LinkedLicence.licence(id)}. */
  public static Licence licence(AbiReader from) {
    LicenceId id = licenceId(from);
    EvmAddress owner = from.address();
    EvmAddress node = from.address();
    long since = from.uint63();
    return new Licence(
        id,
        owner,
        Optional.of(node).filter(linked -> !linked.equals(EvmAddress.ZERO)),
        since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(since)),
        from.bool(),
        from.uint(256));
  }

  /** A row of an epoch: an element of {@code LinkedLicence.rowsAt(…)}. */
  public static RegistryRow row(AbiReader from) {
    return new RegistryRow(licenceId(from), from.address());
  }

  /** The oracles of an epoch: {@code Controller.oracleSetOf(epoch)}. */
  public static OracleSet oracleSet(AbiReader from) {
    AbiReader set = from.dynamic();
    Bytes32 configDigest = set.bytes32();
    List<EvmAddress> oracles = set.dynamic().array(AbiReader::address);
    return new OracleSet(oracles, configDigest, set.uint(31).intValueExact());
  }

  /** What a quorum signed, with the view it was reached in. */
  public static Controller.EpochCertificate certificate(SignedCertificate from) {
    EpochOutcome outcome = from.outcome();
    return new Controller.EpochCertificate(
        outcome.configDigest().toArray(),
        BigInteger.valueOf(outcome.epoch()),
        BigInteger.valueOf(from.view()),
        unsigned(outcome.observers()),
        unsigned(outcome.excluded()),
        BigInteger.valueOf(outcome.theta()),
        BigInteger.valueOf(outcome.nodeCount()),
        outcome.registryRoot().toArray(),
        outcome.inputsDigest().toArray(),
        outcome.availabilityRoot().toArray(),
        outcome.cumulativeRoot().toArray(),
        outcome.tableHash().toArray(),
        outcome.reputationRoot().toArray());
  }

  /** What a quorum signed in the place of a certificate. */
  public static Controller.VoidEpoch voided(SignedVoid from) {
    VoidOutcome outcome = from.outcome();
    return new Controller.VoidEpoch(
        outcome.configDigest().toArray(),
        BigInteger.valueOf(outcome.epoch()),
        BigInteger.valueOf(from.view()),
        outcome.previousOutcomeHash().toArray(),
        BigInteger.valueOf(outcome.nodeCount()),
        outcome.registryRoot().toArray(),
        outcome.inputsDigest().toArray(),
        outcome.availabilityRoot().toArray(),
        outcome.cumulativeRoot().toArray(),
        outcome.tableHash().toArray(),
        outcome.reputationRoot().toArray());
  }

  /**
   * A signature in the 64 bytes of EIP-2098.
   *
   * @param signature 65 bytes r, s, v; s is low, v is 27 or 28
   */
  public static Controller.CompactSignature compact(byte[] signature) {
    boolean wellFormed =
        signature.length == 65
            && signature[32] >= 0
            && (signature[64] == 27 || signature[64] == 28);
    if (!wellFormed) {
      throw new IllegalArgumentException("not a signature with a low s and v 27 or 28");
    }
    byte[] vs = Arrays.copyOfRange(signature, 32, 64);
    vs[0] |= (byte) (signature[64] == 28 ? 0x80 : 0);
    return new Controller.CompactSignature(Arrays.copyOf(signature, 32), vs);
  }

  /** A bitmap as an unsigned number. */
  public static BigInteger unsigned(int bitmap) {
    return BigInteger.valueOf(Integer.toUnsignedLong(bitmap));
  }

  private static LicenceId licenceId(AbiReader from) {
    LicenceType type = LicenceType.ofCode(from.uint(8).intValueExact());
    return new LicenceId(type, from.uint63());
  }

  private static Duration millis(AbiReader from) {
    return Duration.ofMillis(from.uint63());
  }
}

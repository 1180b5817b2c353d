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
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Between the values of the generated wrappers and those of the service contracts. Everything that
 * comes in was decoded from an endpoint's answer; what does not fit raises an unchecked exception.
 */
public final class ContractValues {

  private ContractValues() {}

  /** The controller's own description of its network. */
  public static Network network(Controller.Network from) {
    Controller.Timing timing = from.timing;
    long start = from.startEpochTimestamp.longValueExact();
    Optional<EpochSchedule> schedule =
        start == 0
            ? Optional.empty()
            : Optional.of(
                new EpochSchedule(
                    Instant.ofEpochSecond(start),
                    Duration.ofSeconds(timing.epochDuration.longValueExact()),
                    millis(timing.slotMillis),
                    millis(timing.toleranceMillis),
                    millis(timing.lateMillis),
                    millis(timing.commitMillis),
                    from.theta.intValueExact()));
    return new Network(
        Bytes32.of(from.networkId),
        schedule,
        EvmAddress.parse(from.governance),
        new Network.Contracts(
            EvmAddress.parse(from.contracts.r1),
            EvmAddress.parse(from.contracts.nodeDeed),
            EvmAddress.parse(from.contracts.rewards),
            EvmAddress.parse(from.contracts.devMinter)));
  }

  /** State of a licence. */
  public static Licence licence(NodeDeed.Licence from) {
    long since = from.linkedSince.longValueExact();
    return new Licence(
        licenceId(from.licenceType, from.licenceId),
        EvmAddress.parse(from.owner),
        Optional.of(EvmAddress.parse(from.node)).filter(node -> !node.equals(EvmAddress.ZERO)),
        since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(since)),
        from.banned,
        from.claimed);
  }

  /** A row of an epoch. */
  public static RegistryRow row(NodeDeed.Row from) {
    return new RegistryRow(
        licenceId(from.licenceType, from.licenceId), EvmAddress.parse(from.node));
  }

  /** The oracles of an epoch. */
  public static OracleSet oracleSet(Controller.OracleSet from) {
    List<EvmAddress> oracles = from.oracles.stream().map(EvmAddress::parse).toList();
    return new OracleSet(oracles, Bytes32.of(from.configDigest));
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

  private static LicenceId licenceId(BigInteger type, BigInteger number) {
    return new LicenceId(LicenceType.ofCode(type.intValueExact()), number.longValueExact());
  }

  private static Duration millis(BigInteger value) {
    return Duration.ofMillis(value.longValueExact());
  }
}

package ai.ratio1.consensus;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything this oracle knows about an epoch, for explaining it.
 *
 * @param epoch the epoch
 * @param stage how far it got
 * @param oracles the epoch's oracle set, by index
 * @param certificate the certificate, once there is one
 * @param outcomeHash hash of its outcome, or of what was recorded in its place
 * @param observations the tables in the agreed set
 * @param rows the rows, in order
 * @param availability the agreed byte of each row; empty until certified
 * @param own what this oracle saw itself
 * @param reputations the reputation of each oracle after the epoch, by index, 0 to 65,536; empty
 *     until certified, and in networks that were founded without
 */
public record EpochReport(
    long epoch,
    Stage stage,
    List<EvmAddress> oracles,
    Optional<SignedCertificate> certificate,
    Optional<Bytes32> outcomeHash,
    List<Observation> observations,
    List<RegistryRow> rows,
    List<Integer> availability,
    Map<EvmAddress, Presence> own,
    List<Integer> reputations) {

  /** A report without reputations. */
  public EpochReport(
      long epoch,
      Stage stage,
      List<EvmAddress> oracles,
      Optional<SignedCertificate> certificate,
      Optional<Bytes32> outcomeHash,
      List<Observation> observations,
      List<RegistryRow> rows,
      List<Integer> availability,
      Map<EvmAddress, Presence> own) {
    this(
        epoch,
        stage,
        oracles,
        certificate,
        outcomeHash,
        observations,
        rows,
        availability,
        own,
        List.of());
  }

  /** How far an epoch got. */
  public enum Stage {
    /** Beats are being counted. */
    OPEN,
    /** It ended and is not certified. */
    PENDING,
    /** A quorum signed. */
    CERTIFIED,
    /** The chain recorded it. */
    RECORDED,
    /** Nobody certified it: the chain recorded a void in its place. */
    VOIDED
  }
}

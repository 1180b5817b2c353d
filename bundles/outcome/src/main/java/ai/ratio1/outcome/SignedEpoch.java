package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the oracles of an epoch signed, and who they are: small, and enough to judge single claims
 * about the epoch.
 *
 * @param network which network
 * @param epoch which epoch
 * @param schedule the windows of the network
 * @param oracles the oracle set of the epoch
 * @param certificate what a quorum of them signed
 * @param reveals what each says of its own observation; not everybody's needs to be there
 */
public record SignedEpoch(
    NetworkName network,
    long epoch,
    EpochSchedule schedule,
    OracleSet oracles,
    SignedCertificate certificate,
    List<SignedReveal> reveals) {

  /** Copies the list. */
  public SignedEpoch {
    reveals = List.copyOf(reveals);
  }

  /** The hash of what was agreed. */
  public Bytes32 outcomeHash() {
    return CertificateHash.outcome(certificate.outcome());
  }

  /** What an oracle revealed, as far as it is known. */
  public Optional<SignedReveal> revealOf(EvmAddress oracle) {
    return reveals.stream().filter(reveal -> reveal.oracle().equals(oracle)).findFirst();
  }

  /** The same with reveals that others knew; of each oracle the first counts. */
  public SignedEpoch with(List<SignedReveal> more) {
    List<SignedReveal> all = new ArrayList<>(reveals);
    for (SignedReveal reveal : more) {
      if (all.stream().noneMatch(known -> known.oracle().equals(reveal.oracle()))) {
        all.add(reveal);
      }
    }
    return new SignedEpoch(network, epoch, schedule, oracles, certificate, all);
  }
}

package ai.ratio1.consensus;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The epochs as this oracle sees them. Present on oracles. Does not wait for the network.
 * Thread-safe.
 */
@ProviderType
public interface Epochs {

  /** The current epoch; negative before genesis. */
  long current();

  /** The newest certified epoch, or −1. */
  long newestCertified();

  /** A report on an epoch, if anything is known of it. */
  Optional<EpochReport> report(long epoch);

  /** Reports on the newest epochs, newest first. */
  List<EpochReport> latest(int count);

  /**
   * The agreed bytes of nodes over a range of epochs. Reads every epoch once, however many nodes
   * are asked about; one caller at a time is served.
   *
   * @param first the first epoch, from 0
   * @param last the last, at least the first
   * @return empty unless every epoch of the range is over and still kept here
   */
  Optional<AvailabilityHistory> availability(Set<EvmAddress> nodes, long first, long last);

  /**
   * Everything that follows from signatures about a certified epoch, in one document: JSON in UTF-8
   * as docs/reference/epoch-artefacts.md describes it. Whoever has it recomputes the certificate
   * without asking anybody.
   *
   * @return empty while the epoch is not certified here, when one of its tables is missing here,
   *     and when it is forgotten
   */
  Optional<byte[]> artefacts(long epoch);

  /**
   * In which slots this oracle saw a node, with the proof that it committed to that.
   *
   * @return empty when the node has no row in the epoch, when the epoch has not ended, and when it
   *     is forgotten
   */
  Optional<SlotProof> slots(long epoch, EvmAddress node);

  /** The proof with which a licence can claim everything up to the newest recorded epoch. */
  Optional<ClaimProof> claim(LicenceId licence);
}

package ai.ratio1.consensus;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The epochs as this oracle sees them. Present on oracles. Does not block. Thread-safe. */
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

  /** The proof with which a licence can claim everything up to the newest recorded epoch. */
  Optional<ClaimProof> claim(LicenceId licence);
}

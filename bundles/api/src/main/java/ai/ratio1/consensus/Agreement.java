package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.SignedCertificate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The apBFT engine of this oracle. Votes are on disk before they are sent; after a restart the same
 * rounds may be opened again and no conflicting vote is ever signed. Thread-safe.
 *
 * <p>Source: consensus.md.
 */
@ProviderType
public interface Agreement {

  /**
   * Starts or resumes the agreement on an epoch. The first table committed to for an epoch stands:
   * a later, different one is ignored. Idempotent.
   *
   * @param round what this oracle brings
   * @param outcome called on the engine's thread
   */
  void open(Round round, OutcomeFunction outcome);

  /** Tells the engine that an outcome function that returned empty may now know more. */
  void retry();

  /** The certificate of an epoch, if one is known here. */
  Optional<SignedCertificate> certificate(long epoch);

  /** The tables in the agreed set of a certified epoch, ascending by index. */
  List<Observation> observations(long epoch);

  /** Accepts a certificate and its tables that were obtained elsewhere; refuses invalid ones. */
  boolean adopt(SignedCertificate certificate);

  /** How far an open or recently certified epoch got. */
  Optional<RoundStatus> status(long epoch);

  /** Keeps a deflated table so that it can be served to peers by hash. */
  void keep(Bytes32 tableHash, byte[] deflatedTable);

  /** A deflated table by hash, from disk or, asynchronously requested, from a peer. */
  Optional<byte[]> table(Bytes32 tableHash);
}

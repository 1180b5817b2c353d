package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
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
   * a later, different one is ignored. Idempotent; a later outcome function replaces an earlier
   * one. An epoch that this oracle missed is opened without a table: it is then learnt from peers.
   *
   * @param round what this oracle brings
   * @param outcome called on the engine's thread
   * @throws ai.ratio1.base.R1Exception if the epoch is too old or too many requests wait
   */
  void open(Round round, OutcomeFunction outcome);

  /** Tells the engine that an outcome function that returned empty may now know more. */
  void retry();

  /** The certificate of an epoch, if one is known here. */
  Optional<SignedCertificate> certificate(long epoch);

  /**
   * The tables in the agreed set of a certified epoch, ascending by index. Empty while one of them
   * is missing here; those of epochs that are open or were certified lately are fetched from peers,
   * those of older ones after {@link #open}.
   */
  List<Observation> observations(long epoch);

  /**
   * The reveals of an epoch that were heard or made here, checked, at most one per oracle, in no
   * order; those of certified epochs stay as long as the certificate.
   */
  List<SignedReveal> reveals(long epoch);

  /**
   * Accepts a certificate that was obtained elsewhere; its tables come through {@link #keep}.
   * Refuses one that a quorum of the oracles of its epoch did not sign, and one of an epoch that
   * was never opened here, because its oracles are not known.
   *
   * @return whether its outcome is the certified one here, now or as soon as the engine gets to it
   */
  boolean adopt(SignedCertificate certificate);

  /** How far an open or recently certified epoch got. */
  Optional<RoundStatus> status(long epoch);

  /**
   * Signs that an epoch stays without a certificate, tells the others, and collects what they sign
   * about the same outcome. Idempotent; another outcome for the epoch takes the place of the first.
   *
   * @param outcome what stands in its place
   * @param oracles the set under whose configuration it is signed
   */
  void voidEpoch(VoidOutcome outcome, OracleSet oracles);

  /** The void of an epoch, once a quorum signed one in this run. */
  Optional<SignedVoid> voided(long epoch);

  /**
   * Ends the agreement on an epoch for good: the chain recorded something else in its place. Its
   * certificate, if there is one, is forgotten, and the outcomes of later epochs are asked for
   * again.
   */
  void close(long epoch);

  /**
   * The oracles that were caught contradicting themselves, with what proves it to anybody: one
   * piece of evidence per oracle, kind and retained epoch, checked.
   */
  List<Contradiction> contradictions();

  /** Keeps a deflated table so that it can be served to peers by hash. */
  void keep(Bytes32 tableHash, byte[] deflatedTable);

  /** A deflated table by hash, from disk or, asynchronously requested, from a peer. */
  Optional<byte[]> table(Bytes32 tableHash);
}

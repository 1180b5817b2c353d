package ai.ratio1.chain;

import java.util.List;

/**
 * An outcome, the view it was reached in, and the quorum that signed both. One outcome may be
 * certified in more than one view; references therefore use the outcome's hash.
 *
 * @param outcome what was agreed
 * @param view the view, from 0; part of what is signed
 * @param signers bitmap of the signing oracles, by index
 * @param signatures 65 bytes r, s, v each, in ascending order of index
 */
public record SignedCertificate(
    EpochOutcome outcome, long view, int signers, List<byte[]> signatures) {

  /** Copies the list. */
  public SignedCertificate {
    signatures = List.copyOf(signatures);
  }
}

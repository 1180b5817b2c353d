package ai.ratio1.chain;

import java.util.List;

/**
 * What stands in the place of an epoch that nobody certified, and the quorum that signed it.
 *
 * @param outcome what was agreed
 * @param view the view, from 0; part of what is signed
 * @param signers bitmap of the signing oracles, by index in the set that signs
 * @param signatures 65 bytes r, s, v each, in ascending order of index
 */
public record SignedVoid(VoidOutcome outcome, long view, int signers, List<byte[]> signatures) {

  /** Copies the list. */
  public SignedVoid {
    signatures = List.copyOf(signatures);
  }
}

package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.util.List;

/**
 * A small value that oracles decided, and the quorum that signed it (consensus.md, section 3).
 *
 * @param configDigest digest of the configuration of the oracle set
 * @param topic what it is about
 * @param sequence counts the decisions of a topic, from 0
 * @param view the view it was reached in, from 0
 * @param valueHash hash of the value
 * @param signers bitmap of the signing oracles, by index
 * @param signatures 65 bytes r, s, v each, in ascending order of index
 */
public record SignedDecision(
    Bytes32 configDigest,
    Bytes32 topic,
    long sequence,
    long view,
    Bytes32 valueHash,
    int signers,
    List<byte[]> signatures) {

  /** Copies the list. */
  public SignedDecision {
    signatures = List.copyOf(signatures);
  }
}

package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.evm.AbiWords;
import java.util.Arrays;

/** Binding statements as the contract reads them: {@code abi.encode} of the signed struct. */
public final class Statements {

  private static final int WORD = 32;
  private static final int REVEAL_WORDS = 8;

  private Statements() {}

  /**
   * Encodes a statement.
   *
   * @throws IllegalArgumentException if its kind is not binding
   */
  public static byte[] encode(Message statement) {
    AbiWords words;
    if (statement instanceof ObsCommit commit) {
      words = words(commit);
    } else if (statement instanceof ObsReveal reveal) {
      words = words(reveal);
    } else if (statement instanceof Prepare prepare) {
      words = words(prepare);
    } else if (statement instanceof Commit commit) {
      words = words(commit);
    } else {
      throw new IllegalArgumentException("nobody is bound by " + statement.kind());
    }
    return words.toArray();
  }

  private static AbiWords words(ObsCommit said) {
    return head(said.header())
        .bytes32(said.commitment())
        .uint(said.selfAvailability())
        .int256(said.clockOffsetMillis());
  }

  /** A struct with a dynamic member: an offset to it, and one inside it to its 36 bytes. */
  private static AbiWords words(ObsReveal said) {
    byte[] cid = Arrays.copyOf(said.cid().toArray(), 2 * WORD);
    return new AbiWords()
        .uint(WORD)
        .bytes32(said.header().configDigest())
        .uint(said.header().epoch())
        .address(said.header().oracle())
        .bytes32(said.tableHash())
        .uint(REVEAL_WORDS * WORD)
        .uint(said.length())
        .bytes32(said.salt())
        .bytes32(said.bitmapRoot())
        .uint(said.cid().length())
        .bytes32(Bytes32.of(Arrays.copyOf(cid, WORD)))
        .bytes32(Bytes32.of(Arrays.copyOfRange(cid, WORD, 2 * WORD)));
  }

  private static AbiWords words(Prepare said) {
    return head(said.header())
        .uint(said.view())
        .bytes32(said.inputsDigest())
        .bytes32(said.outcomeDigest());
  }

  private static AbiWords words(Commit said) {
    EpochOutcome outcome = said.outcome();
    return new AbiWords()
        .bytes32(outcome.configDigest())
        .uint(outcome.epoch())
        .uint(said.view())
        .uint(Integer.toUnsignedLong(outcome.observers()))
        .uint(Integer.toUnsignedLong(outcome.excluded()))
        .uint(outcome.theta())
        .uint(outcome.nodeCount())
        .bytes32(outcome.registryRoot())
        .bytes32(outcome.inputsDigest())
        .bytes32(outcome.availabilityRoot())
        .bytes32(outcome.cumulativeRoot())
        .bytes32(outcome.tableHash())
        .bytes32(outcome.reputationRoot());
  }

  private static AbiWords head(Header header) {
    return new AbiWords()
        .bytes32(header.configDigest())
        .uint(header.epoch())
        .address(header.oracle());
  }
}

package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Placement;
import ai.ratio1.wire.evm.AbiWords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What decisions about the nodes of a job carry. The contract computes the same. */
public final class PlacementHash {

  private static final int WORD = 32;
  private static final byte[] TOPIC = "r1.placement".getBytes(StandardCharsets.US_ASCII);

  private PlacementHash() {}

  /** keccak256(abi.encode("r1.placement", jobId)). */
  public static Bytes32 topic(long jobId) {
    return new AbiWords()
        .uint(2 * WORD)
        .uint(jobId)
        .uint(TOPIC.length)
        .bytes32(Bytes32.of(Arrays.copyOf(TOPIC, WORD)))
        .hash();
  }

  /** keccak256(abi.encode(jobId, fromEpoch, nodes)). */
  public static Bytes32 value(Placement placement) {
    AbiWords words =
        new AbiWords()
            .uint(placement.jobId())
            .uint(placement.fromEpoch())
            .uint(3 * WORD)
            .uint(placement.nodes().size());
    for (EvmAddress node : placement.nodes()) {
      words.address(node);
    }
    return words.hash();
  }
}

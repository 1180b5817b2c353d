package ai.ratio1.client;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.certificate.ReputationLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reputations that a certificate commits to.
 *
 * @param epoch the epoch of the certificate
 * @param values 0 to 65,536 by oracle, in the order of the certificate
 */
public record Reputations(long epoch, Map<EvmAddress, Integer> values) {

  private static final ErrorCode NONE = new ErrorCode("R1-CLIENT-004");
  private static final ErrorCode FALSE = new ErrorCode("R1-CLIENT-005");
  private static final int FULL = 65_536;

  /**
   * Reads what an oracle says of an epoch and checks it against the root that the certificate
   * carries.
   *
   * @param epoch an answer of {@code /v1/epochs/{epoch}}
   * @throws R1Exception {@code R1-CLIENT-004} when the epoch has none, {@code R1-CLIENT-005} when
   *     they are not those of the certificate
   */
  public static Reputations of(JsonNode epoch) {
    long number = epoch.path("epoch").asLong();
    Map<EvmAddress, Integer> values = new LinkedHashMap<>();
    List<Bytes32> leaves = new ArrayList<>();
    for (JsonNode oracle : epoch.path("oracles")) {
      if (!oracle.path("reputation").isInt()) {
        throw new R1Exception(
            NONE,
            "Epoch " + number + " has no reputations.",
            "Ask again once an epoch is certified; networks without reputations never have any.");
      }
      EvmAddress address = EvmAddress.parse(oracle.path("address").asText());
      int reputation = Math.max(0, Math.min(FULL, oracle.path("reputation").intValue()));
      values.put(address, reputation);
      leaves.add(ReputationLeaf.of(address, reputation));
    }
    String root = epoch.path("certificate").path("outcome").path("reputationRoot").asText();
    if (!MerkleTree.of(leaves).root().toHex().equals(root)) {
      throw new R1Exception(
          FALSE,
          "The reputations of epoch " + number + " are not those of its certificate.",
          "Ask another oracle; this one does not tell the truth.");
    }
    return new Reputations(number, values);
  }

  /** The probability that an oracle fails an epoch: what it lacks to a full reputation. */
  public double failure(EvmAddress oracle) {
    return 1 - values.getOrDefault(oracle, 0) / (double) FULL;
  }
}

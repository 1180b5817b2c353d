package ai.ratio1.client;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks oracles for the proof of a claim. What they answer need not be trusted: the chain checks it.
 */
public final class ClaimProofs {

  private ClaimProofs() {}

  /** The proof of the first oracle that has one, for the newest epoch any of them knows. */
  public static Optional<ClaimProof> ask(List<NodeClient> oracles, LicenceId licence) {
    ClaimProof newest = null;
    for (NodeClient oracle : oracles) {
      Optional<ClaimProof> proof = ask(oracle, licence);
      if (proof.isPresent() && (newest == null || proof.get().epoch() > newest.epoch())) {
        newest = proof.get();
      }
    }
    return Optional.ofNullable(newest);
  }

  private static Optional<ClaimProof> ask(NodeClient oracle, LicenceId licence) {
    String[] parts = licence.toString().split("-", 2);
    try {
      return Optional.of(parse(licence, oracle.get("/v1/rewards/" + parts[0] + "/" + parts[1])));
    } catch (R1Exception | IllegalArgumentException e) {
      return Optional.empty(); // Another oracle may know more, or speak better.
    }
  }

  private static ClaimProof parse(LicenceId licence, JsonNode answer) {
    List<Bytes32> path = new ArrayList<>();
    answer.path("path").forEach(hash -> path.add(Bytes32.parse(hash.asText())));
    return new ClaimProof(
        new CumulativeReward(
            licence,
            new BigInteger(answer.path("credits").asText()),
            new BigInteger(answer.path("weight").asText())),
        answer.path("epoch").asLong(),
        Bytes32.parse(answer.path("root").asText()),
        path);
  }
}

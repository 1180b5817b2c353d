package ai.ratio1.client;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Asks oracles for the proof of a claim. What they answer need not be trusted: the chain checks it.
 */
public final class ClaimProofs {

  /** How the contract says that a proof does not lead to the newest root. */
  private static final String ANOTHER_ROOT = "InvalidProof";

  /** Oracles learn of a recorded epoch within a look at the chain, as long as nothing is wrong. */
  private static final int MOST_TRIES = 40;

  private static final Duration TRY_EVERY = Duration.ofMillis(250);

  private ClaimProofs() {}

  /**
   * Does something with the newest proof. The chain checks proofs against the newest recorded epoch
   * alone: when another was recorded since the oracles were asked, they are asked again, for ten
   * seconds.
   *
   * @param use given a proof; given another one if it throws that the first leads to another root
   * @return what {@code use} gave; empty when no oracle has a proof
   * @throws R1Exception what {@code use} throws
   */
  public static <T> Optional<T> use(
      List<NodeClient> oracles, LicenceId licence, Function<ClaimProof, T> use) {
    for (int tries = 1; ; tries++) {
      try {
        return ask(oracles, licence).map(use);
      } catch (ContractRefusal refused) {
        if (!refused.is(ANOTHER_ROOT) || tries == MOST_TRIES) {
          throw refused;
        }
        LockSupport.parkNanos(TRY_EVERY.toNanos());
      }
    }
  }

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

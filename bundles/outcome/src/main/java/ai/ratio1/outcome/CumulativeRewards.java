package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every licence that ever had a row has earned up to an epoch. Rewards accrue to the licence,
 * not to the node, so they survive a relink (consensus.md, section 4, rule 4). Immutable.
 */
public final class CumulativeRewards {

  private final NavigableMap<LicenceId, CumulativeReward> rewards;
  private final MerkleTree tree;

  private CumulativeRewards(NavigableMap<LicenceId, CumulativeReward> rewards) {
    this.rewards = Collections.unmodifiableNavigableMap(rewards);
    List<CumulativeReward> ordered = List.copyOf(rewards.values());
    this.tree = MerkleTree.of(ordered.size(), i -> RewardLeaf.cumulative(ordered.get(i)));
  }

  /** The state before epoch 0. */
  public static CumulativeRewards none() {
    return new CumulativeRewards(new TreeMap<>());
  }

  /** The state that consists of these rewards. */
  public static CumulativeRewards of(Collection<CumulativeReward> rewards) {
    NavigableMap<LicenceId, CumulativeReward> sorted = new TreeMap<>();
    rewards.forEach(reward -> sorted.put(reward.licence(), reward));
    return new CumulativeRewards(sorted);
  }

  /**
   * The state after an epoch: C += A and W += rate·A.
   *
   * @param availability the agreed byte of each row
   */
  CumulativeRewards plus(EndedEpoch epoch, byte[] availability) {
    NavigableMap<LicenceId, CumulativeReward> next = new TreeMap<>(rewards);
    for (int i = 0; i < availability.length; i++) {
      RegistryRow row = epoch.rows().get(i);
      BigInteger credits = BigInteger.valueOf(Byte.toUnsignedInt(availability[i]));
      BigInteger weight = credits.multiply(epoch.rates().get(i));
      next.merge(
          row.licence(),
          new CumulativeReward(row.licence(), credits, weight),
          CumulativeRewards::sum);
    }
    return new CumulativeRewards(next);
  }

  /** Merkle root of the cumulative leaves, by licence type and number. */
  public Bytes32 root() {
    return tree.root();
  }

  /** Every reward, in order. */
  public List<CumulativeReward> all() {
    return new ArrayList<>(rewards.values());
  }

  /**
   * The proof for one licence.
   *
   * @param epoch the epoch this state belongs to
   */
  public Optional<ClaimProof> proof(LicenceId licence, long epoch) {
    return Optional.ofNullable(rewards.get(licence))
        .map(
            reward -> {
              int leaf = rewards.headMap(licence).size();
              return new ClaimProof(reward, epoch, root(), tree.proof(leaf));
            });
  }

  private static CumulativeReward sum(CumulativeReward one, CumulativeReward other) {
    return new CumulativeReward(
        one.licence(), one.credits().add(other.credits()), one.weight().add(other.weight()));
  }
}

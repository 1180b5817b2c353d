package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every licence that ever had a row has earned up to an epoch. Rewards accrue to the licence,
 * not to the node, so they survive a relink (consensus.md, section 4, rule 4). Immutable.
 */
public final class CumulativeRewards {

  private final List<CumulativeReward> rewards;
  private final MerkleTree tree;

  private CumulativeRewards(List<CumulativeReward> ordered) {
    this.rewards = ordered;
    this.tree = MerkleTree.of(ordered.size(), i -> RewardLeaf.cumulative(ordered.get(i)));
  }

  /** The state before epoch 0. */
  public static CumulativeRewards none() {
    return new CumulativeRewards(List.of());
  }

  /** The state that consists of these rewards. */
  public static CumulativeRewards of(Collection<CumulativeReward> rewards) {
    NavigableMap<LicenceId, CumulativeReward> sorted = new TreeMap<>();
    rewards.forEach(reward -> sorted.put(reward.licence(), reward));
    return new CumulativeRewards(List.copyOf(sorted.values()));
  }

  /**
   * The state after an epoch: C += A and W += rate·A.
   *
   * @param availability the agreed byte of each row
   */
  CumulativeRewards plus(EndedEpoch epoch, byte[] availability) {
    // Both are in the order of licences, so one pass merges them.
    List<CumulativeReward> next = new ArrayList<>(rewards.size());
    int earlier = 0;
    for (int i = 0; i < availability.length; i++) {
      CumulativeReward earned = earned(epoch, i, Byte.toUnsignedInt(availability[i]));
      int order = -1;
      while (earlier < rewards.size()
          && (order = rewards.get(earlier).licence().compareTo(earned.licence())) < 0) {
        next.add(rewards.get(earlier++));
      }
      boolean again = earlier < rewards.size() && order == 0;
      next.add(again ? sum(rewards.get(earlier++), earned) : earned);
    }
    next.addAll(rewards.subList(earlier, rewards.size()));
    return new CumulativeRewards(Collections.unmodifiableList(next));
  }

  /** Merkle root of the cumulative leaves, by licence type and number. */
  public Bytes32 root() {
    return tree.root();
  }

  /** Every reward, in order. */
  public List<CumulativeReward> all() {
    return rewards;
  }

  /**
   * The proof for one licence.
   *
   * @param epoch the epoch this state belongs to
   */
  public Optional<ClaimProof> proof(LicenceId licence, long epoch) {
    CumulativeReward wanted = new CumulativeReward(licence, BigInteger.ZERO, BigInteger.ZERO);
    int leaf =
        Collections.binarySearch(rewards, wanted, Comparator.comparing(CumulativeReward::licence));
    return leaf < 0
        ? Optional.empty()
        : Optional.of(new ClaimProof(rewards.get(leaf), epoch, root(), tree.proof(leaf)));
  }

  private static CumulativeReward earned(EndedEpoch epoch, int row, int availability) {
    BigInteger credits = BigInteger.valueOf(availability);
    return new CumulativeReward(
        epoch.rows().get(row).licence(), credits, credits.multiply(epoch.rates().get(row)));
  }

  private static CumulativeReward sum(CumulativeReward one, CumulativeReward other) {
    return new CumulativeReward(
        one.licence(), one.credits().add(other.credits()), one.weight().add(other.weight()));
  }
}

package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who leads when: a weighted draw of all oracles without replacement, seeded by the epoch's beacon
 * (consensus.md, section 4, rule 2). Turn t draws the number
 *
 * <pre>keccak256(abi.encode(typeHash, beacon, t)) mod (sum of the weights not drawn yet)</pre>
 *
 * with {@code typeHash = keccak256("LeaderDraw(bytes32 beacon,uint32 turn)")}, and takes the first
 * oracle not drawn yet, ascending by index, at which the running sum of weights exceeds it. A
 * weight below 1 counts as 1, so that everybody has a turn. Everybody can compute this, nobody
 * before the beacon is known. Weights are reputations; barred oracles are drawn and then left out.
 */
public final class LeaderOrder {

  /** The weight of a full reputation. */
  public static final int FULL_WEIGHT = 65_536;

  private static final Bytes32 DRAW = Eip712.typeHash("LeaderDraw(bytes32 beacon,uint32 turn)");

  private LeaderOrder() {}

  /**
   * Who leads view 0, 1, 2 and so on of an epoch, by index; after the last the first again.
   *
   * @param oracles the epoch's oracles; no barred one leads
   * @param beacon beacon(e)
   * @param weights one per oracle, 0 to 65,536; empty when all are equal
   */
  public static List<Integer> of(OracleSet oracles, Bytes32 beacon, List<Integer> weights) {
    List<Integer> each =
        weights.isEmpty() ? Collections.nCopies(oracles.size(), FULL_WEIGHT) : weights;
    return of(beacon, each).stream().filter(index -> !oracles.isBarred(index)).toList();
  }

  /** Indices in the order of their turns. */
  public static List<Integer> of(Bytes32 beacon, List<Integer> weights) {
    List<Integer> left = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      left.add(i);
      sum += weight(weights, i);
    }
    List<Integer> order = new ArrayList<>();
    for (int turn = 0; turn < weights.size(); turn++) {
      long draw = draw(beacon, turn, sum);
      int at = 0;
      for (; draw >= weight(weights, left.get(at)); at++) {
        draw -= weight(weights, left.get(at));
      }
      int chosen = left.remove(at);
      sum -= weight(weights, chosen);
      order.add(chosen);
    }
    return List.copyOf(order);
  }

  private static long draw(Bytes32 beacon, int turn, long sum) {
    Bytes32 hash = new AbiWords().bytes32(DRAW).bytes32(beacon).uint(turn).hash();
    return new BigInteger(1, hash.toArray()).mod(BigInteger.valueOf(sum)).longValueExact();
  }

  private static int weight(List<Integer> weights, int index) {
    return Math.max(1, weights.get(index));
  }
}

package ai.ratio1.itests.simulator;

import java.util.SplittableRandom;

/** What the network does to messages, before and after it heals. */
public enum Weather {
  /** 15 to 150 ms, nothing lost. */
  CLEAN(0, 0, 0, 0),
  /** 5 % lost, 2.5 % doubled. */
  LOSSY(0.05, 0.025, 0, 0),
  /** Ten seconds of partition; nothing lost within its sides or afterwards. */
  PARTITIONED(0, 0, 10_000, 0),
  /** Ten seconds of partition, crashes, 15 % loss and up to 2 s more delay; then 3 % loss. */
  STORM(0.03, 0.025, 10_000, 0.15),
  /** An adversary's schedule: whole kinds of votes reach some and not others, view by view. */
  STARVED(0, 0, 20_000, 0);

  private final double loss;
  private final double doubled;
  private final long healsAt;
  private final double stormLoss;

  Weather(double loss, double doubled, long healsAt, double stormLoss) {
    this.loss = loss;
    this.doubled = doubled;
    this.healsAt = healsAt;
    this.stormLoss = stormLoss;
  }

  long healsAt() {
    return healsAt;
  }

  boolean doubles(World world) {
    return world.chance(doubled);
  }

  boolean loses(World world, long seed, int from, int to) {
    boolean divided = (this == STORM || this == PARTITIONED) && world.now() < healsAt;
    return divided
        ? world.chance(stormLoss) || side(seed, from) != side(seed, to)
        : world.chance(loss);
  }

  long delay(World world) {
    long delay = world.random().nextLong(15, 150);
    boolean slow = this == STORM && world.now() < healsAt && world.chance(0.3);
    return slow ? delay + world.random().nextLong(2_000) : delay;
  }

  /** Sides of the partition. */
  private static int side(long seed, int node) {
    return new SplittableRandom(seed + node).nextInt(2);
  }
}

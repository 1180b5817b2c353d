package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Rules;
import java.util.SplittableRandom;

/**
 * Everything that decides a run: the same scenario is always the same history.
 *
 * @param seed chance within the run
 * @param oracles n
 * @param weather what the network does
 * @param foe what the faulty oracles do
 * @param course what happens to honest oracles
 * @param subject the engine that is tried
 * @param ground keys, names and sizes
 */
public record Scenario(
    long seed,
    int oracles,
    Weather weather,
    Foe foe,
    Course course,
    Subject subject,
    Ground ground) {

  private static final int MOST_SLOTS = 4;

  /** One epoch in clean weather among honest oracles. */
  public static Scenario plain(long seed, int oracles) {
    return new Scenario(
        seed, oracles, Weather.CLEAN, Foe.NONE, Course.QUIET, Subject.PRODUCTION, Ground.SMALL);
  }

  /** What chance makes of a seed. */
  public static Scenario of(long seed, int oracles) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + oracles);
    Weather weather = one(Weather.values(), random);
    Foe foe = one(Foe.values(), random);
    return plain(seed, oracles)
        .with(weather, foe)
        .with(Course.of(random, oracles, weather != Weather.CLEAN && weather != Weather.LOSSY));
  }

  /** The same about slots. */
  public Scenario deciding() {
    return with(course.withSlots(1 + Math.floorMod(seed, MOST_SLOTS)));
  }

  private static <T> T one(T[] all, SplittableRandom random) {
    return all[random.nextInt(all.length)];
  }

  /** What chance makes of a seed, the number of oracles included; some are about slots. */
  public static Scenario of(long seed) {
    Scenario chosen = of(seed, oraclesOf(seed));
    return aboutSlots(seed) ? chosen.deciding() : chosen;
  }

  /** One of eight seeds. */
  static boolean aboutSlots(long seed) {
    return new SplittableRandom(seed * 31 + 7).nextInt(8) == 0;
  }

  /** 4, 7, 13 or 31 oracles in 70, 20, 9 and 1 of a hundred seeds. */
  static int oraclesOf(long seed) {
    int share = new SplittableRandom(seed).nextInt(100);
    if (share < 70) {
      return 4;
    }
    return share < 90 ? 7 : share < 99 ? 13 : 31;
  }

  /** The same with other weather and another foe. */
  public Scenario with(Weather other, Foe otherFoe) {
    Subject fitting = other == Weather.STARVED ? subject.hasty() : subject;
    return new Scenario(seed, oracles, other, otherFoe, course, fitting, ground);
  }

  /** The same with another course. */
  public Scenario with(Course other) {
    return new Scenario(seed, oracles, weather, foe, other, subject, ground);
  }

  /** The same with another engine. */
  public Scenario with(Subject other) {
    return new Scenario(seed, oracles, weather, foe, course, other, ground);
  }

  /** The same with other rules. */
  public Scenario with(Rules rules) {
    return with(subject.with(rules));
  }

  /** The same on other ground. */
  public Scenario with(Ground other) {
    return new Scenario(seed, oracles, weather, foe, course, subject, other);
  }

  /** How many oracles are faulty: as many as may be, and those with the highest indices. */
  public int faults() {
    return foe == Foe.NONE ? 0 : mostFaults();
  }

  /** f: how many may be. */
  int mostFaults() {
    return (oracles - 1) / 3;
  }

  int honest() {
    return oracles - faults();
  }

  boolean faulty(int index) {
    return index >= honest();
  }
}

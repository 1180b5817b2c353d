package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.apbft.internal.core.Settings;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Everything that decides a run.
 *
 * @param seed chance within the run
 * @param oracles n
 * @param weather what the network does
 * @param foe what the faulty oracles do
 * @param epochs how many epochs are agreed on, one after the other
 * @param crashes how many times an honest oracle is killed at a random moment
 * @param failPoint where exactly an honest oracle is killed, if anywhere
 * @param encoded whether messages travel as frames
 * @param forgotten a kind of log entry that the disks lose, if any: for mutants
 * @param rules the rules of the engine, or a mutant
 * @param settings the settings of the engine
 * @param keys the keys of the oracles
 */
public record Scenario(
    long seed,
    int oracles,
    Weather weather,
    Foe foe,
    int epochs,
    int crashes,
    Optional<FailPoint> failPoint,
    boolean encoded,
    Optional<Class<? extends LogEntry>> forgotten,
    Rules rules,
    Settings settings,
    Keyring keys) {

  /** Views change faster than in the field, so that a run sees more of them. */
  private static final Settings HASTY =
      new Settings(1_000, 300, 300, 600, 100, 2_000, 1 << 20, 1 << 22);

  private static final Keyring FAKE = new FakeKeys();

  /** One epoch in clean weather among honest oracles. */
  public static Scenario plain(long seed, int oracles) {
    return new Scenario(
        seed,
        oracles,
        Weather.CLEAN,
        Foe.NONE,
        1,
        0,
        Optional.empty(),
        false,
        Optional.empty(),
        Rules.STANDARD,
        Settings.DEFAULT,
        FAKE);
  }

  /** What chance makes of a seed. */
  public static Scenario of(long seed, int oracles) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + oracles);
    Weather weather = Weather.values()[random.nextInt(Weather.values().length)];
    Foe foe = Foe.values()[random.nextInt(Foe.values().length)];
    Scenario scenario = plain(seed, oracles).with(weather, foe);
    if (weather == Weather.STORM || weather == Weather.STARVED) {
      scenario = scenario.withCrashes(random.nextInt(6));
    }
    if (random.nextInt(8) == 0) {
      scenario = scenario.withEpochs(3);
    }
    return random.nextInt(16) == 0 ? scenario.withFrames() : scenario;
  }

  /** The same with other weather and another foe. */
  public Scenario with(Weather other, Foe otherFoe) {
    Settings fitting = other == Weather.STARVED ? HASTY : Settings.DEFAULT;
    return new Scenario(
        seed, oracles, other, otherFoe, epochs, crashes, failPoint, encoded, forgotten, rules,
        fitting, keys);
  }

  /** The same with more epochs, a few seconds apart. */
  public Scenario withEpochs(int count) {
    return new Scenario(
        seed, oracles, weather, foe, count, crashes, failPoint, encoded, forgotten, rules, settings,
        keys);
  }

  /** The same with honest oracles killed at random moments. */
  public Scenario withCrashes(int count) {
    return new Scenario(
        seed, oracles, weather, foe, epochs, count, failPoint, encoded, forgotten, rules, settings,
        keys);
  }

  /** The same with a kill at an exact point. */
  public Scenario with(FailPoint point) {
    return new Scenario(
        seed,
        oracles,
        weather,
        foe,
        epochs,
        crashes,
        Optional.of(point),
        encoded,
        forgotten,
        rules,
        settings,
        keys);
  }

  /** The same with messages as bytes. */
  public Scenario withFrames() {
    return new Scenario(
        seed, oracles, weather, foe, epochs, crashes, failPoint, true, forgotten, rules, settings,
        keys);
  }

  /** The same with disks that lose a kind of entry. */
  public Scenario withForgetful(Class<? extends LogEntry> lost) {
    return new Scenario(
        seed,
        oracles,
        weather,
        foe,
        epochs,
        crashes,
        failPoint,
        encoded,
        Optional.of(lost),
        rules,
        settings,
        keys);
  }

  /** The same with other rules. */
  public Scenario with(Rules other) {
    return new Scenario(
        seed, oracles, weather, foe, epochs, crashes, failPoint, encoded, forgotten, other,
        settings, keys);
  }

  /** The same with another interval after which everything is said again, in milliseconds. */
  public Scenario withResend(long resend) {
    Settings other =
        new Settings(
            resend,
            settings.grace(),
            settings.fetch(),
            settings.viewTimeout(),
            settings.viewStep(),
            settings.viewMaximum(),
            settings.tableLimit(),
            settings.servedPerSecond());
    return new Scenario(
        seed, oracles, weather, foe, epochs, crashes, failPoint, encoded, forgotten, rules, other,
        keys);
  }

  /** The same with other keys. */
  public Scenario with(Keyring other) {
    return new Scenario(
        seed, oracles, weather, foe, epochs, crashes, failPoint, encoded, forgotten, rules,
        settings, other);
  }

  /** How many oracles are faulty: as many as may be, and those with the highest indices. */
  public int faults() {
    return foe == Foe.NONE ? 0 : (oracles - 1) / 3;
  }

  boolean faulty(int index) {
    return index >= oracles - faults();
  }

  /**
   * A kill.
   *
   * @param oracle whom
   * @param flush at which write to disk, counted from 1
   * @param after whether the write is done
   */
  public record FailPoint(int oracle, int flush, boolean after) {}
}

package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.apbft.internal.core.Settings;
import java.util.Optional;

/**
 * The engine that is tried, as it is or with a fault put in.
 *
 * @param rules its rules
 * @param settings its settings
 * @param forgotten a kind of log entry that its disk loses, if any
 * @param wishesOnce whether its pacemaker says every wish once and never again
 */
public record Subject(
    Rules rules,
    Settings settings,
    Optional<Class<? extends LogEntry>> forgotten,
    boolean wishesOnce) {

  /** The engine as it is. */
  public static final Subject PRODUCTION =
      new Subject(Rules.STANDARD, Settings.DEFAULT, Optional.empty(), false);

  /** Views change faster than in the field, so that a run sees more of them. */
  private static final Settings HASTY =
      new Settings(1_000, 300, 300, 600, 100, 2_000, 1 << 20, 1 << 22);

  /** The same with fast views. */
  Subject hasty() {
    return new Subject(rules, HASTY, forgotten, wishesOnce);
  }

  /** The same with other rules. */
  public Subject with(Rules other) {
    return new Subject(other, settings, forgotten, wishesOnce);
  }

  /** The same with other settings. */
  public Subject with(Settings other) {
    return new Subject(rules, other, forgotten, wishesOnce);
  }

  /** The same with disks that lose a kind of entry. */
  public Subject withForgetful(Class<? extends LogEntry> lost) {
    return new Subject(rules, settings, Optional.of(lost), wishesOnce);
  }

  /** The same with a pacemaker that says every wish once. */
  public Subject withWishesOnce() {
    return new Subject(rules, settings, forgotten, true);
  }
}

package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.chain.OracleSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The engine with one fault put in, and the histories in which it shows. A simulator that does not
 * find these proves nothing about the rules as they are.
 */
// Functions without state are immutable, but their types do not say so.
@SuppressWarnings("ImmutableEnumChecker")
public enum Mutant {
  /** Two of four are a quorum. */
  WEAK_QUORUM(seed -> colluding(seed, 4, Weather.STARVED).with(quorum(2)), "two outcomes"),
  /** Four of seven, a simple majority, are a quorum. */
  MAJORITY_QUORUM(seed -> colluding(seed, 7, Weather.CLEAN).with(quorum(4)), "two outcomes"),
  /** Locks bind nobody. */
  NO_LOCK(seed -> colluding(seed, 4, Weather.STARVED).with(unbound()), "two outcomes"),
  /** Locks are lost in a crash. */
  LOCK_NOT_PERSISTED(seed -> forgetting(seed, LogEntry.Locked.class), "hides what it is locked on"),
  /** Votes are lost in a crash. */
  VOTE_NOT_PERSISTED(seed -> forgetting(seed, LogEntry.Said.class), "two statements"),
  /** Views are lost in a crash. */
  VIEW_NOT_PERSISTED(seed -> forgetting(seed, LogEntry.Entered.class), "below an announced view"),
  /** The view is left out of the certificate: commits of different views add up. */
  VIEW_LEFT_OUT(seed -> colluding(seed, 4, Weather.STARVED).with(adding()), "nobody else accepts"),
  /** Followers take any set that a leader proposes. */
  INCLUSION_DROPPED(
      seed -> Scenario.plain(seed, 4).with(Weather.CLEAN, Foe.PICKING).with(trusting()),
      "a table was left out"),
  /** Two of four are a quorum for a decision. */
  DECISION_WEAK_QUORUM(seed -> deciding(seed).with(quorum(2)), "two values"),
  /** Locks on values bind nobody. */
  DECISION_NO_LOCK(seed -> deciding(seed).with(unbound()), "two values"),
  /** Locks on values are lost in a crash. */
  DECISION_LOCK_NOT_PERSISTED(
      seed -> forgettingDecisions(seed, LogEntry.LockedValue.class), "hides what it is locked on"),
  /** Votes on values are lost in a crash. */
  DECISION_VOTE_NOT_PERSISTED(
      seed -> forgettingDecisions(seed, LogEntry.Said.class), "two statements"),
  /** Views of slots are lost in a crash. */
  DECISION_VIEW_NOT_PERSISTED(
      seed -> forgettingDecisions(seed, LogEntry.Entered.class), "below an announced view"),
  /** Commits of different views of a slot add up. */
  DECISION_VIEW_LEFT_OUT(seed -> deciding(seed).with(adding()), "nobody else accepts"),
  /** The pacemaker says every wish once. */
  WISHES_ONCE(
      seed ->
          Scenario.plain(seed, 13)
              .with(Weather.LOSSY, Foe.SILENT)
              .with(Subject.PRODUCTION.withWishesOnce()),
      "have no certificate");

  private final LongFunction<Scenario> scenarios;
  private final String symptom;

  Mutant(LongFunction<Scenario> scenarios, String symptom) {
    this.scenarios = scenarios;
    this.symptom = symptom;
  }

  /** The history of a seed. */
  public Scenario scenario(long seed) {
    return scenarios.apply(seed);
  }

  /** What the complaint about it says. */
  public String symptom() {
    return symptom;
  }

  private static Scenario colluding(long seed, int oracles, Weather weather) {
    return Scenario.plain(seed, oracles).with(weather, Foe.COLLUDING);
  }

  private static Scenario forgetting(long seed, Class<? extends LogEntry> lost) {
    Scenario hostile = colluding(seed, 4, Weather.STARVED).with(Course.QUIET.withCrashes(12));
    return hostile.with(hostile.subject().withForgetful(lost));
  }

  private static Scenario deciding(long seed) {
    return colluding(seed, 4, Weather.STARVED).deciding();
  }

  private static Scenario forgettingDecisions(long seed, Class<? extends LogEntry> lost) {
    return forgetting(seed, lost).deciding();
  }

  private static Rules quorum(int size) {
    return new Rules() {
      @Override
      public int quorum(OracleSet oracles) {
        return size;
      }
    };
  }

  private static Rules unbound() {
    return new Rules() {
      @Override
      public <L extends Proof> Optional<L> binding(List<? extends Introduction<L>> justification) {
        return Optional.empty();
      }
    };
  }

  private static Rules adding() {
    return new Rules() {
      @Override
      public long tally(long view) {
        return 0;
      }
    };
  }

  private static Rules trusting() {
    return new Rules() {
      @Override
      public boolean follows(Object led, Object proposed) {
        return true;
      }
    };
  }
}

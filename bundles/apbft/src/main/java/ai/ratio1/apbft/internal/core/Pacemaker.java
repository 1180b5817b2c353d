package ai.ratio1.apbft.internal.core;

import java.util.Arrays;

/**
 * Keeps oracles in the same view (consensus.md, section 4, rule 7): f+1 wishes beyond mine make me
 * wish the same, 2f+1 wishes beyond my view make me enter it. Wishes are never taken back.
 */
final class Pacemaker {

  private final Committee committee;
  private final long[] wishes;
  private long view;

  Pacemaker(Committee committee) {
    this.committee = committee;
    this.wishes = new long[committee.size()];
  }

  long view() {
    return view;
  }

  long wish() {
    return committee.self() < 0 ? view : wishes[committee.self()];
  }

  long wishOf(int oracle) {
    return wishes[oracle];
  }

  void wished(int oracle, long wish) {
    wishes[oracle] = Math.max(wishes[oracle], wish);
  }

  /** Takes up where an earlier life of this oracle stopped. */
  void resume(long entered) {
    view = Math.max(view, entered);
    if (committee.self() >= 0) {
      wished(committee.self(), view);
    }
  }

  /** The view is over without a certificate. */
  void timeout() {
    if (committee.self() >= 0) {
      wished(committee.self(), view + 1);
    }
  }

  /** Follows the wishes of the others; true when that led into another view. */
  boolean follow() {
    if (committee.self() >= 0) {
      wished(committee.self(), largest(committee.faults() + 1));
    }
    long supported = largest(2 * committee.faults() + 1);
    boolean entered = supported > view;
    view = Math.max(view, supported);
    return entered;
  }

  private long largest(int rank) {
    long[] sorted = wishes.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - rank];
  }
}

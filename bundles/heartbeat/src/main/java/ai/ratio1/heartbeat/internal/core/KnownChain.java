package ai.ratio1.heartbeat.internal.core;

import java.util.Arrays;

/**
 * The chain of another node in one epoch: its anchor, and how far it was revealed. Only forward,
 * and at most N steps. Thread-safe.
 */
public final class KnownChain {

  /** So many links may have to be hashed again after a restart. */
  private static final int UNSAVED = 128;

  private final SignedAnchor anchor;
  private int number;
  private byte[] link;
  private boolean bound;
  private int savedNumber = -1;

  /** What becomes of a link. */
  enum Verdict {
    /** It is the link of its number, and later than those before. */
    NEXT,
    /** Its number was reached before. */
    OLD,
    /** It is no link of this chain. */
    FOREIGN
  }

  /** A chain of which nothing was revealed. */
  KnownChain(SignedAnchor anchor, boolean bound) {
    this(anchor, bound, 0, anchor.anchor().anchor().toArray());
    savedNumber = -1;
  }

  /**
   * A chain as an earlier run knew it.
   *
   * @param number the last link that was revealed; 0 for none
   * @param link that link, or the anchor
   */
  public KnownChain(SignedAnchor anchor, boolean bound, int number, byte[] link) {
    this.anchor = anchor;
    this.bound = bound;
    this.number = number;
    this.link = link;
    this.savedNumber = number;
  }

  /** Its anchor. */
  public SignedAnchor anchor() {
    return anchor;
  }

  int length() {
    return anchor.anchor().length();
  }

  /** Whether the anchor carries the beacon of its epoch, as far as this node knows. */
  public synchronized boolean isBound() {
    return bound;
  }

  /** Takes note that the beacon is the one of the epoch. */
  synchronized void bind() {
    bound = true;
  }

  /** The last link that was revealed; 0 for none. */
  public synchronized int number() {
    return number;
  }

  /** That link, or the anchor; shared, so do not change it. */
  public synchronized byte[] link() {
    return link;
  }

  /** Judges a link, and goes on to it when it is the next: one hash for each number in between. */
  synchronized Verdict advance(int to, byte[] revealed) {
    if (to <= number) {
      return Verdict.OLD;
    }
    if (to > length() || !Arrays.equals(LinkHash.times(revealed, to - number), link)) {
      return Verdict.FOREIGN;
    }
    number = to;
    link = revealed;
    return Verdict.NEXT;
  }

  /** Whether it is worth writing again; if so, it counts as written now. */
  public synchronized boolean takeUnsaved() {
    boolean worth = savedNumber < 0 || number - savedNumber >= UNSAVED;
    if (worth) {
      savedNumber = number;
    }
    return worth;
  }
}

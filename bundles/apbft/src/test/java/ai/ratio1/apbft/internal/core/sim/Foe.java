package ai.ratio1.apbft.internal.core.sim;

/** What faulty oracles do. */
public enum Foe {
  /** Nobody is faulty. */
  NONE,
  /** Says nothing. */
  SILENT,
  /** Reports a made-up table, and is correct otherwise. */
  LYING,
  /** Commits to its table and never reveals it. */
  WITHHOLDING,
  /** Runs twice with one key and two tables, each for one half of the oracles. */
  EQUIVOCATING,
  /** Sends each kind of message to some only. */
  SELECTIVE,
  /** Wishes for views far ahead. */
  WILD_VIEWS,
  /** Sends again what anybody said before. */
  REPLAYING,
  /** Acts as one: proposes different sets to different oracles, votes for everything. */
  COLLUDING
}

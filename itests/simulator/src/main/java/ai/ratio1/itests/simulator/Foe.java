package ai.ratio1.itests.simulator;

/** What faulty oracles do. */
public enum Foe {
  /** Nobody is faulty. */
  NONE,
  /** Says nothing. */
  SILENT,
  /** Reports a made-up table, and is correct otherwise. */
  LYING,
  /** Passes another's table off as its own: repeats its seal, or seals late what it saw. */
  COPYING,
  /** Commits to its table and never reveals it. */
  WITHHOLDING,
  /** Shows each half of the oracles another table and other votes. */
  EQUIVOCATING,
  /** Runs twice with one key; both instances talk to everybody. */
  TWINS,
  /** Sends each kind of message to some only. */
  SELECTIVE,
  /** Wishes for views far ahead. */
  WILD_VIEWS,
  /** Sends again what anybody said before. */
  REPLAYING,
  /** Sends the largest messages there can be and larger ones, and a table that inflates. */
  HUGE,
  /** Leads with a set of its own choice in place of the one its justification leads to. */
  PICKING,
  /** Acts as one: proposes different sets to different oracles, votes for everything. */
  COLLUDING
}

package ai.ratio1.consensus;

/** What a {@link ValidityPredicate} says about a value. */
public enum Validity {
  /** It may be decided. This oracle may be bound by that until the slot is decided. */
  VALID,
  /** It must not be decided as things are; it is judged again later. */
  INVALID,
  /** This oracle does not know yet; it is asked again. */
  UNKNOWN
}

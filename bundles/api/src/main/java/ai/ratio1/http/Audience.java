package ai.ratio1.http;

/** Who may call a door. */
public enum Audience {
  /** Anyone who reaches the listener. */
  PUBLIC,
  /** Callers on this machine. */
  LOCAL,
  /** Callers on this machine that present the operator token of the data folder. */
  OPERATOR
}

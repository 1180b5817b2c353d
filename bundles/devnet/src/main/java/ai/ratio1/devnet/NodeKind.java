package ai.ratio1.devnet;

/** The kinds of node a devnet starts. */
public enum NodeKind {
  /** Holds a Node Deed, counts beats and agrees on epochs. */
  ORACLE,
  /** Holds a Node Deed, works and beats. */
  EDGE,
  /** Holds nothing and is refused. */
  STRANGER
}

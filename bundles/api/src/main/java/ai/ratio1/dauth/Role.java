package ai.ratio1.dauth;

/** What a node does in the network. */
public enum Role {
  /** Works and beats. */
  EDGE,
  /** Also counts beats, agrees on epochs and answers dAuth requests. */
  ORACLE
}

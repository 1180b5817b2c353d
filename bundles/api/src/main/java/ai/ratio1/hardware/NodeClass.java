package ai.ratio1.hardware;

/** What a machine is good for as a Ratio1 node. */
public enum NodeClass {
  /** Meets the baseline: 64 bits, several processors, 16 GB of memory, 100 GB of storage. */
  FULL,
  /** Below the baseline, yet enough to prove its availability and to relay: a small gateway. */
  SMALL_GATEWAY,
  /** Too little for a node. */
  UNSUITABLE,
  /** A fact that decides could not be found out. */
  UNDECIDED
}

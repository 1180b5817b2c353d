package ai.ratio1.capability;

/** What can be claimed. */
public enum CapabilityKind {
  /** Processors: asked for in every epoch. */
  CORES,
  /** Main memory: nobody can prove it yet. */
  MEMORY,
  /** Graphics processors: nobody can prove them yet. */
  GPU
}

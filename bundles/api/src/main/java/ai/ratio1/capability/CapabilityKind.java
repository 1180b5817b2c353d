package ai.ratio1.capability;

/** What can be claimed. */
public enum CapabilityKind {
  /** Processors: asked for in every epoch. */
  CORES,
  /** Main memory: nobody can prove it and leave it to jobs, so honest nodes do not claim it. */
  MEMORY,
  /** Graphics processors: asked for in every epoch, together with processors. */
  GPU
}

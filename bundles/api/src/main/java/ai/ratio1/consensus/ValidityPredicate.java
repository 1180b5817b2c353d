package ai.ratio1.consensus;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what this oracle votes for. Honest oracles may differ for a time, but only what a quorum
 * calls valid at one time can be decided; a value of which a quorum has proved that it called it
 * valid binds the others without their being asked.
 */
@ConsumerType
@FunctionalInterface
public interface ValidityPredicate {

  /**
   * Judges a value. Called on the engine's thread: must be quick and must not block. An exception
   * counts as {@link Validity#UNKNOWN}.
   *
   * @param slot what is decided
   * @param value from anybody, at most {@link Decisions#MAX_VALUE_LENGTH} bytes; a copy
   */
  Validity judge(Slot slot, byte[] value);
}

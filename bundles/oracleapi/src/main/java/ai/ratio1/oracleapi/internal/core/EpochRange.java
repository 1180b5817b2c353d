package ai.ratio1.oracleapi.internal.core;

/**
 * Epochs somebody asks about.
 *
 * @param first the first
 * @param last the last; less than the first when nothing is left to ask about
 */
public record EpochRange(long first, long last) {

  /** Whether every epoch of it can be over. */
  public boolean isOver(long lastSynced) {
    return first >= 0 && first <= last && last <= lastSynced;
  }
}

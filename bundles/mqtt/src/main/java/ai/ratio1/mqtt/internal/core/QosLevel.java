package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Quality;

/** Qualities as numbers on the wire and on disk. */
@SuppressWarnings("EnumOrdinal") // the contract says that the ordinal is the wire value
public final class QosLevel {

  private QosLevel() {}

  /** 0, 1 or 2. */
  public static int of(Quality quality) {
    return quality.ordinal();
  }

  /** The quality of a level. */
  static Quality quality(int level) {
    return Quality.values()[level];
  }
}

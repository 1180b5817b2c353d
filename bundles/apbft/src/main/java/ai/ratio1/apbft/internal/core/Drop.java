package ai.ratio1.apbft.internal.core;

import java.util.Locale;

/** Why a message was not used. */
public enum Drop {
  /** The same was here before. */
  DUPLICATE,
  /** Its epoch or view is too far away, or over. */
  WINDOW,
  /** Its sender is no oracle of the epoch, or its configuration is another. */
  STRANGER,
  /** It came back from the broker, or somebody else uses this oracle's key. */
  OWN,
  /** Its signature is not its sender's. */
  SIGNATURE,
  /** It breaks a rule. */
  INVALID,
  /** Nobody here asked for it. */
  UNWANTED,
  /** Its epoch waits on disk for its turn. */
  PARKED,
  /** Its epoch is certified; the sender is told. */
  CERTIFIED;

  /** As in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.ErrorCode;
import java.util.Locale;

/** Why a beat was not counted, in the order in which it is checked. */
public enum Refusal {
  /** Larger than the payload limit. */
  TOO_LARGE("R1-HEARTBEAT-101", "larger than the payload limit"),
  /** No sender could be found in it. */
  NO_SENDER("R1-HEARTBEAT-102", "names no sender"),
  /** Too many unknown senders in this second to look this one up. */
  CROWDED("R1-HEARTBEAT-103", "from one of too many unknown senders"),
  /** The sender has no active licence. */
  UNLICENSED("R1-HEARTBEAT-104", "from a node without an active licence"),
  /** The same bytes as an earlier one: QoS 1 delivers some twice. */
  DUPLICATE("R1-HEARTBEAT-105", "the same message as before"),
  /** Pushed out of its sender's queue by later ones. */
  OVERLOAD("R1-HEARTBEAT-106", "pushed out by a flood in its sender's name"),
  /** Not JSON inside the limits, or a field is missing or malformed. */
  UNREADABLE("R1-HEARTBEAT-107", "not a heartbeat"),
  /** The fields name different senders. */
  FALSE_SENDER("R1-HEARTBEAT-108", "signed by another sender than it claims"),
  /** Its time differs from its arrival by more than δ. */
  SKEWED("R1-HEARTBEAT-109", "sent at another time than it arrived"),
  /** Its epoch is frozen or its late window is over. */
  LATE("R1-HEARTBEAT-110", "of an epoch that is closed"),
  /** It carries the beacon of another epoch than it may. */
  BEACON("R1-HEARTBEAT-111", "bound to another epoch"),
  /** Its number is not above its sender's last: a replay. */
  REPLAYED("R1-HEARTBEAT-112", "numbered no higher than an earlier one"),
  /** Its signature does not verify. */
  FORGED("R1-HEARTBEAT-113", "not signed by its sender"),
  /** A link of a chain whose anchor is not known here. */
  NO_ANCHOR("R1-HEARTBEAT-114", "a link of a chain whose anchor is not known"),
  /** No link of the sender's chain. */
  BROKEN_LINK("R1-HEARTBEAT-115", "no link of its sender's chain"),
  /** Its anchor is not signed by its sender, or has another number of links than it may. */
  ANCHOR("R1-HEARTBEAT-116", "carrying an anchor that does not count");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String text;

  Refusal(String code, String text) {
    this.code = new ErrorCode(code);
    this.text = text;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** What is wrong with the beat, to follow "The beat is". */
  public String text() {
    return text;
  }

  /** The name in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package ai.ratio1.hardware;

import java.util.Locale;

/** What a fact is about. A kind is a namespace of OSGi capabilities as well. */
public enum HardwareKind {
  /** The processors; one fact. */
  CPU,
  /** Main memory; one fact. */
  MEMORY,
  /** The board or the virtual machine; one fact. */
  BOARD,
  /** All fixed disks together; one fact. */
  STORAGE,
  /** What a container or a control group allows this process; one fact. */
  CONFINEMENT,
  /** A graphics or compute processor; one fact each. */
  GPU,
  /** A neural processor; one fact each. */
  NPU,
  /** A trusted platform module; one fact each. */
  TPM,
  /**
   * A trusted execution environment the machine hints at; one fact each. Never a statement of
   * trust: that takes a verified quote.
   */
  TEE,
  /** A disk; one fact each. */
  DISK,
  /** A watchdog timer; one fact each. */
  WATCHDOG,
  /** A thermal zone; one fact each. */
  THERMAL,
  /** A container engine that listens on its socket; one fact each. */
  CONTAINER_ENGINE;

  /** The name in filters and documents, such as {@code cpu} or {@code container.engine}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The namespace of its capabilities, such as {@code ratio1.hw.cpu}. */
  public String namespace() {
    return "ratio1.hw." + label();
  }
}

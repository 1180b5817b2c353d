package ai.ratio1.hardware.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import org.jspecify.annotations.Nullable;

/** Stable codes of this capability (docs/reference/errors/hardware.md). */
public enum HardwareError {
  /** A profile cannot be used. */
  PROFILE("R1-HW-001", "Install the profile's bundle again, or correct its profile.json."),
  /** Two profiles match with the same priority. */
  TIE("R1-HW-002", "Give one of the two profiles a higher priority, or remove it."),
  /** No profile matches. */
  NO_PROFILE("R1-HW-003", "The node runs with its general settings; see r1 hardware."),
  /** A setting is out of its range. */
  CONFIGURATION("R1-HW-004", "Correct the configuration of ai.ratio1.hardware."),
  /** A device is there and has failed. */
  DEVICE_FAILED("R1-HW-005", "Restart the machine; replace the device if it fails again."),
  /** What the profile says for the next start could not be stored. */
  NOT_STORED("R1-HW-006", "Make room and give the node write access to its data folder."),
  /** The framework refused a bundle of facts. */
  NOT_PUBLISHED("R1-HW-007", "Restart the node; report it if it happens again.");

  // A record of one text is immutable, though not annotated so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ErrorCode code;

  private final String nextStep;

  HardwareError(String code, String nextStep) {
    this.code = new ErrorCode(code);
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The failure as an exception. */
  public R1Exception failure(String what) {
    return failure(what, null);
  }

  /** The failure as an exception with what caused it. */
  public R1Exception failure(String what, @Nullable Throwable cause) {
    return new R1Exception(code, what, nextStep, cause);
  }
}

package ai.ratio1.settings;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a configuration before its component looks at it. */
public enum SettingsError {
  /** A value is not what the form asks for. */
  REFUSED("R1-SETTINGS-001", "Give the setting a value of its form, or none for its default."),
  /** The last good configuration is not readable. */
  NOT_READ("R1-SETTINGS-002", "Nothing needs to be done: the next good configuration replaces it."),
  /** The last good configuration could not be kept on disk. */
  NOT_KEPT("R1-SETTINGS-003", "Make room in the data folder, and let the node's user write there."),
  /** A secret was not encrypted here. */
  NOT_OURS(
      "R1-SETTINGS-004",
      "Type the secret again where the node is configured; elsewhere name a file that holds it."),
  /** Nobody can open secrets now. */
  NOT_OPENED(
      "R1-SETTINGS-005",
      "Let ai.ratio1.kura-secrets run, and what encrypts; or name a file that holds the secret."),
  /** What stands in for a secret was sent back in its place. */
  PLACEHOLDER(
      "R1-SETTINGS-006",
      "Type the secret again; who changes other settings by a program leaves this one out.");

  private final String code;
  private final String nextStep;

  SettingsError(String code, String nextStep) {
    this.code = code;
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return new ErrorCode(code);
  }

  /** An exception that says what happened, in one sentence without secrets. */
  public R1Exception because(String what) {
    return because(what, null);
  }

  /** An exception that says what happened, and what it came from. */
  public R1Exception because(String what, @Nullable Throwable cause) {
    return new R1Exception(code(), what, nextStep, cause);
  }
}

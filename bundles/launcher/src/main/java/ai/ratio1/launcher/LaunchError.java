package ai.ratio1.launcher;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ways a launch can fail; codes are listed in docs/reference/errors/launcher.md. */
final class LaunchError {

  private static final ErrorCode FEATURE = new ErrorCode("R1-LAUNCH-001");
  private static final ErrorCode MISSING = new ErrorCode("R1-LAUNCH-002");
  private static final ErrorCode ALTERED = new ErrorCode("R1-LAUNCH-003");
  private static final ErrorCode CONFIGURATION = new ErrorCode("R1-LAUNCH-004");
  private static final ErrorCode UNRESOLVED = new ErrorCode("R1-LAUNCH-005");
  private static final ErrorCode FOLDER = new ErrorCode("R1-LAUNCH-006");
  private static final String REINSTALL = "Install the appliance again, or rebuild it.";

  private LaunchError() {}

  static R1Exception badFeature(Path file, String why, @Nullable Throwable cause) {
    return new R1Exception(FEATURE, file + " is not a usable feature: " + why, REINSTALL, cause);
  }

  static R1Exception missing(Path file) {
    return new R1Exception(MISSING, "Bundle " + file + " is missing.", REINSTALL);
  }

  static R1Exception altered(Path file, String expected, String found) {
    return new R1Exception(
        ALTERED,
        "Bundle " + file + " has SHA-256 " + found + ", its feature says " + expected + ".",
        REINSTALL);
  }

  static R1Exception badConfiguration(Path file, Throwable cause) {
    return new R1Exception(
        CONFIGURATION,
        file + " is not a configuration resource: " + cause.getMessage(),
        "Correct the file; its format is the OSGi Configurator's JSON.",
        cause);
  }

  static R1Exception unresolved(String bundle, Throwable cause) {
    return new R1Exception(
        UNRESOLVED,
        "Bundle " + bundle + " does not start: " + cause.getMessage(),
        REINSTALL,
        cause);
  }

  static R1Exception folder(Path folder, Throwable cause) {
    return new R1Exception(
        FOLDER,
        "The node folder " + folder + " cannot be used: " + cause.getMessage(),
        "Stop the other node that uses it, or correct its permissions.",
        cause);
  }
}

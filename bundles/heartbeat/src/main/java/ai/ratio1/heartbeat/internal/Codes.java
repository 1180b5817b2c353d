package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Stable codes of this room; docs/reference/errors/heartbeat.md explains them. */
final class Codes {

  static final ErrorCode CONFIGURATION = new ErrorCode("R1-HEARTBEAT-001");
  static final ErrorCode NOT_OPEN = new ErrorCode("R1-HEARTBEAT-002");
  static final ErrorCode NOT_SENT = new ErrorCode("R1-HEARTBEAT-003");
  static final ErrorCode TWINS = new ErrorCode("R1-HEARTBEAT-004");
  static final ErrorCode UNEXPECTED = new ErrorCode("R1-HEARTBEAT-005");
  static final ErrorCode TWO_ANCHORS = new ErrorCode("R1-HEARTBEAT-006");
  static final ErrorCode DOUBTED = new ErrorCode("R1-HEARTBEAT-007");
  static final ErrorCode NOT_PROVEN = new ErrorCode("R1-HEARTBEAT-008");

  private Codes() {}

  /** A number of the configuration, or a refusal that names it. */
  static int range(String pid, String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw configuration(
          pid, key + " is " + value + ", allowed are " + least + " to " + most + ".");
    }
    return value;
  }

  /** The node's data folder, or a refusal when the framework does not name one. */
  static Path dataFolder(BundleContext context) {
    String folder = context.getProperty("r1.data");
    if (folder == null || folder.isBlank()) {
      throw new R1Exception(
          CONFIGURATION,
          "The framework property r1.data is not set.",
          "Set it to the node's data folder.");
    }
    return Path.of(folder);
  }

  static R1Exception configuration(String pid, String what) {
    return new R1Exception(CONFIGURATION, what, "Correct " + pid + ".");
  }
}

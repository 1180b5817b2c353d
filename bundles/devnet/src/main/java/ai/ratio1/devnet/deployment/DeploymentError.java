package ai.ratio1.devnet.deployment;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;

/** The ways a deployment can fail here; codes are listed in docs/reference/errors/deploy.md. */
final class DeploymentError {

  private static final ErrorCode CONFIGURATION = new ErrorCode("R1-DEPLOY-001");
  private static final ErrorCode CHAIN = new ErrorCode("R1-DEPLOY-002");
  private static final ErrorCode PASSWORD = new ErrorCode("R1-DEPLOY-003");
  private static final ErrorCode RECORD = new ErrorCode("R1-DEPLOY-004");
  private static final ErrorCode OTHER = new ErrorCode("R1-DEPLOY-005");
  private static final ErrorCode FILE = new ErrorCode("R1-DEPLOY-006");

  private DeploymentError() {}

  static R1Exception configuration(String what, Exception cause) {
    return new R1Exception(
        CONFIGURATION,
        "The configuration is refused: " + what + ".",
        "Correct it; docs/how-to/deploy-the-contracts.md explains every value.",
        cause);
  }

  static R1Exception configuration(String what) {
    return configuration(what, new IllegalArgumentException(what));
  }

  static R1Exception otherChain(long found, long wanted) {
    return new R1Exception(
        CHAIN,
        "The endpoint serves chain " + found + ", and the configuration is for " + wanted + ".",
        "Correct chain.endpoint or chain.id; nothing was sent.");
  }

  static R1Exception openPassword(Path file) {
    return new R1Exception(
        PASSWORD,
        "Others than its owner may read the password in " + file + ".",
        "Take their rights away: chmod 600 " + file);
  }

  static R1Exception noRecord(Path file, Exception cause) {
    return new R1Exception(
        RECORD,
        file + " is there and records no deployment: " + cause.getMessage(),
        "Give another file for the addresses, or restore this one.",
        cause);
  }

  static R1Exception otherDeployment(Path file, String what) {
    return new R1Exception(
        OTHER,
        file + " records another deployment: " + what + ".",
        "Continue with the configuration, key and program it began with, or give another file.");
  }

  static R1Exception file(Path file, Exception cause) {
    return new R1Exception(
        FILE, file + ": " + cause + ".", "Check that it is there, and its rights.", cause);
  }
}

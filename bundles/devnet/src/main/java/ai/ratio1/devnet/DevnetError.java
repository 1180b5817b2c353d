package ai.ratio1.devnet;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ways a devnet can fail; codes are listed in docs/reference/errors/devnet.md. */
final class DevnetError {

  private static final ErrorCode PORT = new ErrorCode("R1-DEVNET-001");
  private static final ErrorCode RUNNING = new ErrorCode("R1-DEVNET-002");
  private static final ErrorCode PROGRAM = new ErrorCode("R1-DEVNET-003");
  private static final ErrorCode FOLDER = new ErrorCode("R1-DEVNET-004");
  private static final ErrorCode SILENT = new ErrorCode("R1-DEVNET-005");
  private static final ErrorCode NONE = new ErrorCode("R1-DEVNET-006");
  private static final ErrorCode UNKNOWN_NODE = new ErrorCode("R1-DEVNET-007");
  private static final ErrorCode CHAIN = new ErrorCode("R1-DEVNET-008");
  private static final ErrorCode REAL_CHAIN = new ErrorCode("R1-DEVNET-009");

  private DevnetError() {}

  static R1Exception portTaken(int port, String purpose) {
    return new R1Exception(
        PORT,
        "Port " + port + " (" + purpose + ") is in use by another program.",
        "Stop that program; a new network can use other ports: ./r1 reset,"
            + " then ./r1 up --port-base 28500.");
  }

  static R1Exception running(long pid) {
    return new R1Exception(
        RUNNING,
        "A devnet is running already (process " + pid + ").",
        "Look at it with ./r1 status, or stop it with ./r1 down.");
  }

  static R1Exception noDevelopmentChain(long chainId) {
    return new R1Exception(
        REAL_CHAIN,
        "The test signer attests nobody on chain " + chainId + ".",
        "Ask the attestor that the network's governance named.");
  }

  static R1Exception noProgram(String name, String nextStep) {
    return new R1Exception(PROGRAM, name + " was not found.", nextStep);
  }

  static R1Exception folder(Path folder, Throwable cause) {
    return new R1Exception(
        FOLDER,
        "The devnet folder " + folder + " cannot be used: " + cause.getMessage(),
        "Correct its permissions, or start a new network with ./r1 reset.",
        cause);
  }

  static R1Exception silent(String what, Path log) {
    return new R1Exception(
        SILENT, what + " did not answer in time.", "Its log is " + log + "; then try again.");
  }

  static R1Exception notRunning() {
    return new R1Exception(NONE, "No devnet is running.", "Start one with ./r1 up.");
  }

  static R1Exception unknownNode(String name, Iterable<String> known) {
    return new R1Exception(
        UNKNOWN_NODE,
        "There is no node named " + name + ".",
        "Choose one of " + String.join(", ", known) + ".");
  }

  static R1Exception chain(String what, @Nullable Throwable cause) {
    return new R1Exception(
        CHAIN,
        "The development chain refused: " + what,
        "Look at ./r1 logs chain, or start a new network with ./r1 reset.",
        cause);
  }
}

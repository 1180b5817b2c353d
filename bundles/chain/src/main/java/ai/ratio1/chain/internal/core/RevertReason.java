package ai.ratio1.chain.internal.core;

import java.util.List;

/**
 * Why a contract refused.
 *
 * @param error name of the Solidity error
 * @param arguments its arguments as texts
 */
public record RevertReason(String error, List<String> arguments) {

  /** Copies the list. */
  public RevertReason {
    arguments = List.copyOf(arguments);
  }

  /** As Solidity would write it; the bare text of a {@code require}. */
  @Override
  public String toString() {
    return error.equals("Error") && arguments.size() == 1
        ? arguments.get(0)
        : error + "(" + String.join(", ", arguments) + ")";
  }
}

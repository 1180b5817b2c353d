package ai.ratio1.chain;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.util.List;

/**
 * A contract reverted and said why: {@code R1-CHAIN-010}. Nothing changed on chain. Immutable.
 *
 * <p>Source: Solidity, custom errors; {@code Error(string)} for a {@code require} with a text.
 */
public final class ContractRefusal extends R1Exception {

  private static final long serialVersionUID = 1L;

  private final String error;
  private final transient List<String> arguments;

  /**
   * A refusal.
   *
   * @param code stable code of this kind of failure
   * @param what what happened, one sentence
   * @param nextStep what the caller can do about it, one sentence
   * @param error name of the Solidity error, such as {@code NothingToClaim}
   * @param arguments its arguments as texts, in order
   */
  public ContractRefusal(
      ErrorCode code, String what, String nextStep, String error, List<String> arguments) {
    super(code, what, nextStep);
    this.error = error;
    this.arguments = List.copyOf(arguments);
  }

  /** Name of the Solidity error. */
  public String error() {
    return error;
  }

  /** The error's arguments as texts: numbers in decimal, bytes and addresses with {@code 0x}. */
  public List<String> arguments() {
    return arguments;
  }

  /** Whether the contract raised the given error. */
  public boolean is(String name) {
    return error.equals(name);
  }
}

package ai.ratio1.economy.model;

import java.util.Arrays;
import java.util.List;

/** A step that the rules do not allow: the custom error a contract would answer with. */
public final class Refusal extends RuntimeException {

  /** Stands for an argument that only a chain knows, such as a hash. */
  public static final String UNKNOWN = "?";

  private final String reason;
  private final List<String> arguments;

  private Refusal(String reason, List<String> arguments) {
    super(reason + "(" + String.join(", ", arguments) + ")", null, false, false);
    this.reason = reason;
    this.arguments = arguments;
  }

  /** An error of the contracts with its arguments. */
  public static Refusal of(String reason, Object... arguments) {
    return new Refusal(reason, Arrays.stream(arguments).map(Object::toString).toList());
  }

  /** Name of the error. */
  public String reason() {
    return reason;
  }

  /** Its arguments as text: numbers in decimal, addresses in lower case. */
  public List<String> arguments() {
    return arguments;
  }
}

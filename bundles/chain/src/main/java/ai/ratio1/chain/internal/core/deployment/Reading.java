package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.web3j.abi.datatypes.Type;

/**
 * What a contract must answer.
 *
 * @param question contract and function, for people
 * @param contract who is asked
 * @param call the call, {@code 0x} and hexadecimal digits
 * @param expected the answer, {@code 0x} and hexadecimal digits
 * @param free words of the answer that may be anything
 */
public record Reading(
    String question, EvmAddress contract, String call, String expected, Set<Integer> free) {

  private static final int SELECTOR = 10;
  private static final int WORD = 64;

  /** A function without arguments. */
  static Reading of(Part part, EvmAddress contract, String function, Type<?>... expected) {
    return of(part.title() + "." + function, contract, function, "", expected);
  }

  static Reading of(
      String question,
      EvmAddress contract,
      String function,
      String arguments,
      Type<?>... expected) {
    String hash = Keccak256.of(function.getBytes(StandardCharsets.US_ASCII)).toHex();
    return new Reading(
        question,
        contract,
        hash.substring(0, SELECTOR) + arguments,
        "0x" + AbiArguments.encoded(expected),
        Set.of());
  }

  Reading except(Set<Integer> words) {
    return new Reading(question, contract, call, expected, words);
  }

  /** Whether an answer is what it must be. */
  public boolean matches(String answer) {
    if (answer.length() != expected.length()) {
      return false;
    }
    for (int word = 0; 2 + word * WORD < answer.length(); word++) {
      int from = 2 + word * WORD;
      int to = Math.min(from + WORD, answer.length());
      if (!free.contains(word)
          && !answer.substring(from, to).equalsIgnoreCase(expected.substring(from, to))) {
        return false;
      }
    }
    return true;
  }
}

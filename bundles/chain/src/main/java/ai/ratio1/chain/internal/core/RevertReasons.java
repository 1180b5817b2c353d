package ai.ratio1.chain.internal.core;

import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;

/**
 * Reads what a contract says when it refuses: its custom errors, {@code Error(string)} and {@code
 * Panic(uint256)}. The data come from an endpoint and may be anything. Immutable.
 */
public final class RevertReasons {

  private static final int MAX_DATA = 4 * 1024;
  private static final int MAX_ARGUMENT = 200;
  private static final int SELECTOR_DIGITS = 8;

  private final Map<String, String> signatures;

  private RevertReasons(Map<String, String> signatures) {
    this.signatures = Map.copyOf(signatures);
  }

  /**
   * Knows the given errors and the two of the language.
   *
   * @param signatures such as {@code EpochNotOver(uint32,uint256)}
   */
  public static RevertReasons of(List<String> signatures) {
    Map<String, String> bySelector = new HashMap<>();
    List<String> all = new ArrayList<>(signatures);
    all.add("Error(string)");
    all.add("Panic(uint256)");
    for (String signature : all) {
      bySelector.put(selector(signature), signature);
    }
    return new RevertReasons(bySelector);
  }

  /**
   * Reads revert data.
   *
   * @param data {@code 0x} and hexadecimal digits
   * @return empty when the data are too long, malformed or of no known error
   */
  public Optional<RevertReason> decode(String data) {
    String digits = data.startsWith("0x") ? data.substring(2) : data;
    if (digits.length() < SELECTOR_DIGITS || digits.length() > 2 * MAX_DATA) {
      return Optional.empty();
    }
    String signature = signatures.get(digits.substring(0, SELECTOR_DIGITS));
    if (signature == null) {
      return Optional.empty();
    }
    String name = signature.substring(0, signature.indexOf('('));
    return arguments(signature, digits.substring(SELECTOR_DIGITS))
        .map(arguments -> new RevertReason(name, arguments));
  }

  @SuppressWarnings("rawtypes") // the decoder takes and returns raw types
  private static Optional<List<String>> arguments(String signature, String digits) {
    String types = signature.substring(signature.indexOf('(') + 1, signature.length() - 1);
    if (types.isEmpty()) {
      return Optional.of(List.of());
    }
    try {
      List<TypeReference<Type>> references = new ArrayList<>();
      for (String type : types.split(",", -1)) {
        references.add(reference(type));
      }
      List<Type> values = FunctionReturnDecoder.decode(digits, references);
      return values.size() == references.size()
          ? Optional.of(values.stream().map(RevertReasons::text).toList())
          : Optional.empty();
    } catch (RuntimeException | ClassNotFoundException malformed) {
      return Optional.empty();
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // as the decoder takes it
  private static TypeReference<Type> reference(String type) throws ClassNotFoundException {
    return TypeReference.makeTypeReference(type, false, false);
  }

  private static String text(Type<?> value) {
    Object content = value.getValue();
    String text =
        content instanceof byte[] bytes
            ? "0x" + HexFormat.of().formatHex(bytes)
            : content.toString().replaceAll("\\p{Cntrl}", "?");
    return text.length() > MAX_ARGUMENT ? text.substring(0, MAX_ARGUMENT) + "…" : text;
  }

  private static String selector(String signature) {
    String hash = Keccak256.of(signature.getBytes(StandardCharsets.US_ASCII)).toHex();
    return hash.substring(2, 2 + SELECTOR_DIGITS);
  }
}

package ai.ratio1.chain.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.Response;

/** Tells an error that is the endpoint's own from one that every endpoint would answer. */
final class EndpointTrouble {

  /** Method not found, internal error, resource unavailable, limit exceeded (EIP-1474). */
  private static final Set<Integer> CODES = Set.of(-32601, -32603, -32002, -32005);

  private static final List<String> WORDS =
      List.of("rate limit", "too many requests", "header not found", "unknown block", "timeout");

  private EndpointTrouble() {}

  static boolean isIn(Response<?> answer) {
    Response.Error error = answer.getError();
    if (error == null || isRevertData(error.getData())) {
      return false; // What a contract says comes with data, and is the same everywhere.
    }
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    boolean contract = message.contains("revert");
    return !contract
        && (CODES.contains(error.getCode()) || WORDS.stream().anyMatch(message::contains));
  }

  /** Hexadecimal text; web3j keeps its quotes. Providers explain their limits in objects. */
  private static boolean isRevertData(@Nullable String data) {
    return data != null && (data.startsWith("0x") || data.startsWith("\"0x"));
  }
}

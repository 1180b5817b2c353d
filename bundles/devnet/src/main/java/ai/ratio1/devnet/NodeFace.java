package ai.ratio1.devnet;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The REST face of a node that is just starting. */
final class NodeFace {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TRY_EVERY = Duration.ofMillis(50);
  private static final ErrorCode SERVICE_MISSING = new ErrorCode("R1-REST-105");

  private NodeFace() {}

  /**
   * Waits until the node has a key and says so.
   *
   * @return the answer of {@code /v1/identity}
   */
  static JsonNode await(DevnetFolder folder, NodeEntry node) {
    return await(folder, node, "/v1/identity", answer -> answer.hasNonNull("address"));
  }

  /** Waits until the node is connected to the chain. */
  static void awaitChain(DevnetFolder folder, NodeEntry node) {
    await(folder, node, "/v1/status", answer -> answer.path("chain").hasNonNull("chainId"));
  }

  /**
   * Asks a node that is connected to the chain. While it starts, what it is made of may leave and
   * come back, the chain too: then it is asked again.
   */
  static <T> T ask(DevnetFolder folder, NodeEntry node, Supplier<T> question) {
    return await(
        folder,
        node,
        () -> {
          try {
            return Optional.of(question.get());
          } catch (R1Exception e) {
            if (e.code().equals(SERVICE_MISSING)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static JsonNode await(
      DevnetFolder folder, NodeEntry node, String path, Predicate<JsonNode> enough) {
    NodeClient client = new NodeClient(node.address());
    return await(
        folder,
        node,
        () -> {
          try {
            return Optional.of(client.get(path)).filter(enough);
          } catch (R1Exception notYet) {
            return Optional.empty(); // It is starting; the deadline judges.
          }
        });
  }

  private static <T> T await(DevnetFolder folder, NodeEntry node, Supplier<Optional<T>> attempt) {
    for (long tries = PATIENCE.dividedBy(TRY_EVERY); tries > 0; tries--) {
      Optional<T> answer = attempt.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(TRY_EVERY.toNanos());
    }
    throw DevnetError.silent(node.name(), new NodeFolder(folder.node(node.name())).log());
  }
}

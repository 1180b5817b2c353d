package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The REST face of a node that is just starting. */
final class NodeFace {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TRY_EVERY = Duration.ofMillis(50);

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

  private static JsonNode await(
      DevnetFolder folder, NodeEntry node, String path, Predicate<JsonNode> enough) {
    NodeClient client = new NodeClient(node.address());
    for (long tries = PATIENCE.dividedBy(TRY_EVERY); tries > 0; tries--) {
      try {
        JsonNode answer = client.get(path);
        if (enough.test(answer)) {
          return answer;
        }
      } catch (R1Exception notYet) {
        // It is starting; the deadline below judges.
      }
      LockSupport.parkNanos(TRY_EVERY.toNanos());
    }
    throw DevnetError.silent(node.name(), new NodeFolder(folder.node(node.name())).log());
  }
}

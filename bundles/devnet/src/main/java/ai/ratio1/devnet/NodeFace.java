package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

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
    NodeClient client = new NodeClient(node.address());
    for (long tries = PATIENCE.dividedBy(TRY_EVERY); tries > 0; tries--) {
      try {
        JsonNode identity = client.get("/v1/identity");
        if (identity.hasNonNull("address")) {
          return identity;
        }
      } catch (R1Exception notYet) {
        // It is starting; the deadline below judges.
      }
      LockSupport.parkNanos(TRY_EVERY.toNanos());
    }
    throw DevnetError.silent(node.name(), new NodeFolder(folder.node(node.name())).log());
  }
}

package ai.ratio1.itests.network;

import ai.ratio1.itests.faults.Conditions;
import ai.ratio1.itests.faults.FaultyLink;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A link of its own for each node, all to the broker. */
final class Links implements AutoCloseable {

  private final Map<String, FaultyLink> byNode = new LinkedHashMap<>();

  /** Links without faults. */
  Links(List<String> nodes, int brokerPort, long seed) throws IOException {
    for (String node : nodes) {
      byNode.put(node, new FaultyLink(node, brokerPort, seed ^ node.hashCode()));
    }
  }

  /** Where each node is to connect to. */
  Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    byNode.forEach((node, link) -> ports.put(node, link.port()));
    return ports;
  }

  FaultyLink of(String node) {
    return byNode.get(node);
  }

  void clear() {
    byNode.values().forEach(link -> link.set(Conditions.CLEAR));
  }

  @Override
  public void close() {
    byNode.values().forEach(FaultyLink::close);
  }
}

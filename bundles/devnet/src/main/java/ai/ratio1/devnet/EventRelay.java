package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import ai.ratio1.event.NodeEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Follows the events of one node through its REST face and passes them on. */
final class EventRelay {

  private final Progress progress;
  private final AddressNames names;
  private final NodeClient client;
  private final String source;
  private String stream = "";
  private long seen;

  EventRelay(NodeEntry node, AddressNames names, Progress progress) {
    this.names = names;
    this.progress = progress;
    this.client = new NodeClient(node.address());
    this.source = node.name();
  }

  /** Passes on what is new; a node that does not answer has nothing new. */
  void poll() {
    JsonNode answer;
    try {
      answer = client.get("/v1/events?after=" + seen + "&limit=200");
    } catch (R1Exception e) {
      return;
    }
    String now = answer.path("stream").asText();
    if (!now.equals(stream)) {
      // The node was restarted and counts from the beginning.
      stream = now;
      seen = 0;
      return;
    }
    for (JsonNode event : answer.path("events")) {
      pass(event);
    }
    seen = answer.path("last").asLong();
  }

  private void pass(JsonNode event) {
    JsonNode properties = event.path("properties");
    String code = properties.path(NodeEvents.CODE).asText("");
    progress.happened(
        new Progress.Line(
            Instant.parse(event.path("time").asText()),
            source,
            event.path("topic").asText(),
            code.isEmpty() ? Optional.empty() : Optional.of(code),
            names.inserted(properties.path(NodeEvents.MESSAGE).asText())));
  }
}

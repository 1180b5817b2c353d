package ai.ratio1.cli;

import ai.ratio1.devnet.NetworkFile;
import ai.ratio1.devnet.Progress;
import ai.ratio1.event.NodeEvents;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** Shows a devnet's progress: a line per event, and one line that moves where a person looks on. */
final class UpDisplay implements Progress {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String CLEAR = "\r\u001b[K";

  private final Map<String, String> lastOf = new HashMap<>();
  private final Console console;
  private final boolean json;
  private boolean recorded;

  UpDisplay(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  void ready(NetworkFile network) {
    if (json) {
      return;
    }
    console.line("");
    console.line("The network is up. In another terminal:");
    console.line("  ./r1 status                      who is there");
    console.line("  ./r1 epoch explain 0 edge-1      why a node got its byte");
    console.line("  ./r1 deed list                   who holds which deed");
    console.line("  ./r1 down                        stop; the next up continues");
    console.line(
        "Chain "
            + network.chain()
            + ", broker "
            + network.broker()
            + ", first node "
            + network.nodes().get(0).address());
    console.line("");
  }

  @Override
  public synchronized void happened(Line line) {
    recorded |= line.topic().equals(NodeEvents.EPOCH_RECORDED);
    if (!isNews(line)) {
      return;
    }
    if (json) {
      console.out().println(asJson(line));
      return;
    }
    String code = line.code().map(c -> " [" + c + "]").orElse("");
    print("%s  %-8s  %s%s".formatted(TIME.format(line.time()), line.source(), line.text(), code));
  }

  /** Whether an epoch was shown that the chain recorded. */
  synchronized boolean hasShownARecord() {
    return recorded;
  }

  /**
   * A node that is refused again for the same reason says nothing new, nor does the second oracle
   * whose clock shows that an epoch began.
   */
  private boolean isNews(Line line) {
    String source = line.topic().equals(NodeEvents.EPOCH_STARTED) ? "" : line.source();
    String said = lastOf.put(source + line.topic(), line.text());
    return line.topic().isEmpty() || !line.text().equals(said);
  }

  @Override
  public synchronized void pulse(String text) {
    if (console.interactive() && !json) {
      console.out().print(CLEAR + text);
      console.out().flush();
    }
  }

  private void print(String text) {
    console.out().println(console.interactive() ? CLEAR + text : text);
  }

  private static ObjectNode asJson(Line line) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("time", line.time().toString())
        .put("source", line.source())
        .put("topic", line.topic())
        .put("text", line.text());
    line.code().ifPresent(c -> node.put("code", c));
    return node;
  }
}

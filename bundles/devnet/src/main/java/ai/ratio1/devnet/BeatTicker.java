package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says now and then how many beats the oracles heard. */
final class BeatTicker {

  private static final Duration SPEAK_EVERY = Duration.ofSeconds(10);
  private static final String ACCEPTED = "r1_heartbeat_accepted_total";

  private final Map<String, NodeClient> oracles = new LinkedHashMap<>();
  private final Map<String, Long> counted = new LinkedHashMap<>();
  private final Progress progress;
  private final Clock clock;
  private Instant spoke;

  BeatTicker(List<NodeEntry> nodes, Progress progress, Clock clock) {
    nodes.stream()
        .filter(node -> node.kind() == NodeKind.ORACLE)
        .forEach(node -> oracles.put(node.name(), new NodeClient(node.address())));
    this.progress = progress;
    this.clock = clock;
    this.spoke = clock.instant();
  }

  void tick() {
    Instant now = clock.instant();
    if (Duration.between(spoke, now).compareTo(SPEAK_EVERY) < 0) {
      return;
    }
    spoke = now;
    Map<String, Long> heard = new LinkedHashMap<>();
    oracles.forEach(
        (name, client) ->
            accepted(client)
                .ifPresent(
                    total -> {
                      Long before = counted.put(name, total);
                      // A node that was restarted counts from the beginning.
                      heard.put(name, before == null || total < before ? total : total - before);
                    }));
    if (heard.values().stream().anyMatch(beats -> beats > 0)) {
      String text =
          heard.entrySet().stream()
              .map(entry -> entry.getKey() + " heard " + entry.getValue())
              .collect(Collectors.joining(", "));
      progress.happened(new Progress.Line(now, "beats", "", Optional.empty(), text + "."));
    }
  }

  private static Optional<Long> accepted(NodeClient client) {
    try {
      double total = 0;
      for (Map.Entry<String, Double> figure : client.figures().entrySet()) {
        total += figure.getKey().startsWith(ACCEPTED) ? figure.getValue() : 0;
      }
      return Optional.of((long) total);
    } catch (R1Exception away) {
      return Optional.empty();
    }
  }
}

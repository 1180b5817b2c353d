package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator: events for what happened, log lines for what went wrong. Thread-safe. */
final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(OracleSync.class);
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final Supplier<Optional<EventAdmin>> eventAdmin;
  private final Clock clock;
  private final Map<String, Instant> complained = new ConcurrentHashMap<>();

  Announcer(Supplier<Optional<EventAdmin>> eventAdmin, Clock clock) {
    this.eventAdmin = eventAdmin;
    this.clock = clock;
  }

  void announce(String topic, long epoch, String message) {
    announce(topic, epoch, message, Map.of());
  }

  void announce(String topic, long epoch, String message, Map<String, ?> more) {
    LOG.info("{}", message);
    Map<String, Object> properties = new HashMap<>(more);
    properties.put(NodeEvents.MESSAGE, message);
    properties.put(NodeEvents.EPOCH, epoch);
    eventAdmin.get().ifPresent(admin -> admin.postEvent(new Event(topic, properties)));
  }

  /** Logs a failure that repeats with every look: once, then every half minute. */
  void complain(R1Exception failure) {
    Instant now = clock.instant();
    Instant before = complained.get(failure.code().text());
    if (before == null || Duration.between(before, now).abs().compareTo(QUIET) >= 0) {
      complained.put(failure.code().text(), now);
      LOG.warn("{}", failure.describe(), failure.getCause());
    }
  }

  void complain(RuntimeException failure) {
    complain(
        failure instanceof R1Exception coded
            ? coded
            : new R1Exception(
                Codes.UNEXPECTED,
                "Unexpected failure: " + failure,
                "It is tried again; report it if it stays.",
                failure));
  }
}

package ai.ratio1.dauth.internal.core;

import ai.ratio1.identity.NodeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a sender asks, counted in windows of a minute, for the senders that asked last.
 * Thread-safe.
 */
final class SenderRate {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Window NEVER = new Window(Instant.EPOCH, 0);

  private final int perMinute;
  private final Map<NodeAddress, Window> windows;

  private record Window(Instant start, int count) {}

  SenderRate(int perMinute, int senders) {
    this.perMinute = perMinute;
    this.windows =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<NodeAddress, Window> eldest) {
            return size() > senders;
          }
        };
  }

  synchronized boolean admits(NodeAddress sender, Instant now) {
    Window last = windows.getOrDefault(sender, NEVER);
    boolean over = now.isBefore(last.start()) || !now.isBefore(last.start().plus(WINDOW));
    Window window = over ? new Window(now, 1) : new Window(last.start(), last.count() + 1);
    windows.put(sender, window);
    return window.count() <= perMinute;
  }
}

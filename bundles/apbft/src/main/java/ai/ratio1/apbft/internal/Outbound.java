package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.R1Exception;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to the other oracles: survives that the transport is swapped. While there is no
 * connection nothing is handed over: the engine says everything again, so an outbox would only fill
 * with repetitions. Thread-safe.
 */
final class Outbound implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);
  private static final String NAME = "apbft";

  private final String topic;
  private final int capacity;
  private final Counters counters;
  private @Nullable Transport transport;
  private @Nullable Subscription subscription;
  private @Nullable MessageListener listener;

  Outbound(String topic, int capacity, Counters counters) {
    this.topic = topic;
    this.capacity = capacity;
    this.counters = counters;
  }

  /** Takes another transport, or none. */
  synchronized void use(@Nullable Transport next) {
    if (next != transport) {
      unsubscribe();
      transport = next;
      subscribe();
    }
  }

  /** Begins to listen, also on every later transport. */
  synchronized void listen(MessageListener to) {
    listener = to;
    subscribe();
  }

  /** Subscribes if that failed before. */
  synchronized void repair() {
    subscribe();
  }

  void send(Signed<?> message) {
    Transport current;
    synchronized (this) {
      current = transport;
    }
    if (current == null || !current.status().connected()) {
      counters.refused(Counters.Refusal.OFFLINE);
      return;
    }
    try {
      current
          .publish(topic, Frames.encode(message), Quality.AT_LEAST_ONCE)
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  counters.sent();
                } else {
                  counters.refused(Counters.Refusal.UNSENT);
                }
              });
    } catch (RuntimeException e) {
      // Also what a transport throws that goes away just now: the engine must not go with it.
      counters.refused(Counters.Refusal.UNSENT);
      LOG.debug("not sent", e);
    }
  }

  @Override
  public synchronized void close() {
    unsubscribe();
    listener = null;
  }

  private void subscribe() {
    if (transport == null || listener == null || subscription != null) {
      return;
    }
    try {
      subscription =
          transport.subscribe(
              new SubscriptionRequest(NAME, topic, Quality.AT_LEAST_ONCE, capacity), listener);
    } catch (IllegalStateException | R1Exception e) {
      // A predecessor of this bundle may still hold the name; repair() tries again.
      LOG.debug("cannot subscribe to {} yet: {}", topic, e.getMessage());
    }
  }

  private void unsubscribe() {
    Subscription old = subscription;
    subscription = null;
    if (old != null) {
      old.close();
    }
  }
}

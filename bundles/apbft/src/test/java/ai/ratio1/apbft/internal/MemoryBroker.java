package ai.ratio1.apbft.internal;

import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker in memory: every message reaches every subscription, each on a thread of its own. */
final class MemoryBroker {

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final List<byte[]> published = new CopyOnWriteArrayList<>();

  Link connect() {
    return new Link();
  }

  List<byte[]> published() {
    return published;
  }

  /** Publishes as somebody who has no node. */
  void inject(byte[] payload) {
    for (Line line : lines) {
      line.deliver(payload);
    }
  }

  /** One node's connection. */
  final class Link implements Transport {

    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean connected = true;

    /** Throws at the next so many messages, as a transport does that is going away. */
    void fail(int times) {
      failures.set(times);
    }

    void connected(boolean now) {
      connected = now;
    }

    @Override
    public Subscription subscribe(SubscriptionRequest request, MessageListener listener) {
      Line line = new Line(this, request.topicFilter(), listener);
      lines.add(line);
      return line;
    }

    @Override
    public CompletionStage<Void> publish(String topic, byte[] payload, Quality quality) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("going away");
      }
      published.add(payload);
      inject(payload);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public LinkStatus status() {
      return new LinkStatus(connected, Instant.EPOCH, "memory", "");
    }
  }

  private final class Line implements Subscription {

    private final Link link;
    private final String topic;
    private final MessageListener listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    Line(Link link, String topic, MessageListener listener) {
      this.link = link;
      this.topic = topic;
      this.listener = listener;
    }

    void deliver(byte[] payload) {
      if (link.connected) {
        try {
          thread.execute(() -> listener.received(new Message(topic, payload, Instant.EPOCH)));
        } catch (RejectedExecutionException closed) {
          return;
        }
      }
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      lines.remove(this);
      thread.shutdown();
      try {
        thread.awaitTermination(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

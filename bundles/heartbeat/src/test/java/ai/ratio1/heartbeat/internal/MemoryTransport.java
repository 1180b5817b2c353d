package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A transport without a network: what one publishes, all on the same bus receive. Keeps messages of
 * a closed subscription for a successor of the same name, as the contract demands.
 */
final class MemoryTransport implements Transport {

  /** What connects transports. */
  static final class Bus {
    final List<MemoryTransport> transports = new CopyOnWriteArrayList<>();
    final List<Message> published = new CopyOnWriteArrayList<>();
  }

  final List<Message> published = new CopyOnWriteArrayList<>();
  volatile boolean connected = true;
  volatile boolean losing;
  private final Bus bus;
  private final Clock clock;
  private final Map<String, Mailbox> mailboxes = new HashMap<>();

  MemoryTransport(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
    bus.transports.add(this);
  }

  void leaveBus() {
    bus.transports.remove(this);
  }

  synchronized boolean isSubscribed(String name) {
    return mailboxes.containsKey(name) && mailboxes.get(name).listener != null;
  }

  /** Brings a message from outside. */
  void deliver(String topic, byte[] payload) {
    Message message = new Message(topic, payload, clock.instant());
    List<Mailbox> all;
    synchronized (this) {
      all = new ArrayList<>(mailboxes.values());
    }
    all.stream().filter(mailbox -> mailbox.topic.equals(topic)).forEach(m -> m.put(message));
  }

  @Override
  public synchronized Subscription subscribe(
      SubscriptionRequest request, MessageListener listener) {
    Mailbox mailbox =
        mailboxes.computeIfAbsent(request.name(), name -> new Mailbox(request.topicFilter()));
    mailbox.open(listener);
    return mailbox;
  }

  @Override
  public CompletionStage<Void> publish(String topic, byte[] payload, Quality quality) {
    if (losing) {
      return CompletableFuture.failedFuture(
          new R1Exception(new ErrorCode("R1-MQTT-001"), "Lost.", "Try again."));
    }
    Message message = new Message(topic, payload, clock.instant());
    published.add(message);
    bus.transports.forEach(transport -> transport.deliver(topic, payload));
    bus.published.add(message);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public LinkStatus status() {
    return new LinkStatus(connected, clock.instant(), "memory", "");
  }

  private static final class Mailbox implements Subscription {

    private final String topic;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final ReentrantLock calling = new ReentrantLock(true);
    private volatile MessageListener listener;

    Mailbox(String topic) {
      this.topic = topic;
    }

    void open(MessageListener next) {
      calling.lock();
      try {
        if (listener != null) {
          throw new IllegalStateException("open");
        }
        listener = next;
        drain();
      } finally {
        calling.unlock();
      }
    }

    void put(Message message) {
      calling.lock();
      try {
        waiting.add(message);
        drain();
      } finally {
        calling.unlock();
      }
    }

    private void drain() {
      while (listener != null && !waiting.isEmpty()) {
        listener.received(waiting.remove());
      }
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      calling.lock();
      listener = null;
      calling.unlock();
    }
  }
}

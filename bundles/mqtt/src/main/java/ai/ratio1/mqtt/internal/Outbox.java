package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.mqtt.internal.core.OutQueue;
import ai.ratio1.mqtt.internal.core.OutboxLog;
import ai.ratio1.mqtt.internal.core.TopicFilter;
import ai.ratio1.transport.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent: in memory, and on disk what has to survive. Writing is all a publisher waits
 * for; what still waits a moment later is made to survive a power cut on a thread of its own.
 * Thread-safe.
 */
final class Outbox implements AutoCloseable {

  private static final long STOP_MILLIS = 500;

  private final Object lock = new Object();
  private final Answers answers = new Answers();
  private final ScheduledExecutorService disk = Threads.scheduler("r1-mqtt-disk", 1);
  private final Environment environment;
  private final SegmentFiles files;
  private final OutboxLog log;
  private final OutQueue queue;
  private volatile Depth depth = new Depth(0, 0, 0);
  private volatile MqttSettings settings;
  private boolean online;
  private boolean syncing;
  private boolean closed;

  /** How much there is. */
  record Depth(int messages, long bytes, int inFlight) {}

  /** Opens the outbox; what an earlier one left is sent first. */
  Outbox(Path folder, MqttSettings settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
    this.files = new SegmentFiles(folder);
    this.log = new OutboxLog(files, environment.random());
    this.queue = new OutQueue(settings.outbox());
    recover();
  }

  private void recover() {
    try {
      OutboxLog.Recovery found = log.recover();
      long now = environment.now();
      for (OutMessage message : found.messages()) {
        long age =
            TimeUnit.MILLISECONDS.toNanos(environment.clock().millis() - message.createdAt());
        drop(queue.add(message, now - Math.max(0, age)), MqttError.OUTBOX_FULL);
      }
      expire();
      if (found.damaged() > 0 || !found.unreadable().isEmpty()) {
        environment
            .complaints()
            .complain(
                MqttError.DAMAGED.because(
                    "The outbox had "
                        + found.damaged()
                        + " damaged bytes and unreadable files "
                        + found.unreadable()
                        + "; "
                        + found.messages().size()
                        + " messages were saved."));
      }
    } catch (IOException e) {
      unwritable(e);
    }
  }

  /** Takes other bounds. */
  void configure(MqttSettings next) {
    synchronized (lock) {
      settings = next;
      drop(queue.limit(next.outbox()), MqttError.OUTBOX_FULL);
    }
  }

  /** Takes a message, or says with the stage why not. */
  CompletionStage<Void> publish(String topic, byte[] payload, Quality quality) {
    try {
      requireSendable(topic, payload);
    } catch (R1Exception e) {
      return CompletableFuture.failedFuture(e);
    }
    byte[] own = payload.clone();
    synchronized (lock) {
      return add(new OutMessage(log.nextId(), topic, own, quality, environment.clock().millis()));
    }
  }

  private void requireSendable(String topic, byte[] payload) {
    try {
      TopicFilter.requireTopic(topic);
    } catch (R1Exception e) {
      environment.counters().unsent(MqttError.BAD_TOPIC);
      throw e;
    }
    int limit = settings.messageLimit();
    if (payload.length > limit) {
      throw unsent(MqttError.TOO_LARGE, payload.length + " bytes are more than " + limit + ".");
    }
  }

  private CompletionStage<Void> add(OutMessage message) {
    if (closed) {
      return CompletableFuture.failedFuture(
          unsent(MqttError.STOPPED, "The transport has stopped."));
    }
    if (!online && !message.isKept()) {
      return CompletableFuture.failedFuture(
          unsent(MqttError.OFFLINE, "There is no connection to the broker."));
    }
    CompletionStage<Void> answer = answers.expect(message.id());
    if (message.isKept()) {
      write(message);
    }
    drop(queue.add(message, environment.now()), MqttError.OUTBOX_FULL);
    return answer;
  }

  private void write(OutMessage message) {
    try {
      log.put(message);
      if (!syncing) {
        syncing = true;
        var unused = disk.schedule(this::sync, settings.sync().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      unwritable(e);
    }
  }

  /** The next message to send, now in flight; nothing while there is no room for more. */
  Optional<OutMessage> next() {
    synchronized (lock) {
      Optional<OutMessage> next = online ? queue.next() : Optional.empty();
      measure();
      return next;
    }
  }

  /** The broker took a message. */
  void taken(long id) {
    synchronized (lock) {
      if (queue.remove(id).isPresent()) {
        environment.counters().taken.increment();
        measure();
        finish(id, null);
      }
    }
  }

  /** There is a connection. */
  void online() {
    synchronized (lock) {
      online = true;
    }
  }

  /**
   * There is none: what was in flight waits again, what is not kept is dropped.
   *
   * @param broken whether the broker ended it
   */
  void offline(boolean broken) {
    synchronized (lock) {
      online = false;
      if (broken) {
        drop(queue.blame().stream().toList(), MqttError.UNBEARABLE);
      }
      drop(queue.rewind(), MqttError.OFFLINE);
    }
  }

  /** Drops what is too old. */
  void expire() {
    synchronized (lock) {
      drop(queue.expire(environment.now()), MqttError.EXPIRED);
    }
  }

  /** Bytes in flight. */
  long bytesInFlight() {
    synchronized (lock) {
      return queue.bytesInFlight();
    }
  }

  /** How much there is; never waits. */
  Depth depth() {
    return depth;
  }

  /** Leaves what is kept to a successor; idempotent. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      online = false;
      answers.close(() -> unsent(MqttError.STOPPED, "The transport stopped before that."));
    }
    disk.shutdown();
    if (Threads.await(disk::awaitTermination, STOP_MILLIS)) {
      sync();
    }
    answers.awaitTold();
    synchronized (lock) {
      try {
        files.close();
      } catch (IOException e) {
        unwritable(e);
      }
    }
  }

  private void sync() {
    List<String> segments;
    synchronized (lock) {
      syncing = false;
      segments = log.takeUnsynced();
    }
    if (segments.isEmpty()) {
      return;
    }
    try {
      files.sync(segments);
    } catch (IOException e) {
      unwritable(e);
    }
  }

  private void drop(List<OutMessage> gone, MqttError reason) {
    measure();
    for (OutMessage message : gone) {
      R1Exception failure = unsent(reason, "A message to " + message.topic() + " is lost.");
      if (message.isKept()) {
        environment.complaints().complain(failure);
      }
      finish(message.id(), failure);
    }
  }

  private void finish(long id, @Nullable R1Exception failure) {
    try {
      log.remove(id);
    } catch (IOException e) {
      unwritable(e);
    }
    answers.give(id, failure);
  }

  private R1Exception unsent(MqttError reason, String what) {
    environment.counters().unsent(reason);
    return reason.because(what);
  }

  private void unwritable(IOException e) {
    environment.counters().writeFailures.increment();
    environment
        .complaints()
        .complain(
            MqttError.UNWRITABLE.because("The outbox cannot be used: " + e.getMessage() + ".", e));
  }

  private void measure() {
    depth = new Depth(queue.size(), queue.bytes(), queue.inFlight());
  }
}

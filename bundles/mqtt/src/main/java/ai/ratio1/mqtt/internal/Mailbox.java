package ai.ratio1.mqtt.internal;

import ai.ratio1.mqtt.internal.core.Inbox;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.TopicFilter;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.SubscriptionRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the listener of one name: for the one that reads now, or for its successor.
 * Thread-safe.
 */
final class Mailbox {

  final String name;
  final TopicFilter filter;
  final LongAdder dropped = new LongAdder();
  final LongAdder failures = new LongAdder();
  private final Environment environment;
  private final Inbox inbox = new Inbox(1, 0);
  private Quality quality = Quality.AT_MOST_ONCE;
  private int capacity = 1;
  private long leftAt;
  private @Nullable Reader reader;

  Mailbox(String name, TopicFilter filter, Environment environment) {
    this.name = name;
    this.filter = filter;
    this.environment = environment;
  }

  /**
   * Lets a listener read from now on.
   *
   * @throws IllegalStateException if another one does
   */
  synchronized Reader open(SubscriptionRequest request, MessageListener listener, long byteLimit) {
    if (reader != null) {
      throw new IllegalStateException("the subscription " + name + " is open");
    }
    quality = request.quality();
    capacity = request.capacity();
    limit(byteLimit);
    Reader opened = new Reader(this, listener, environment.complaints());
    reader = opened;
    opened.start();
    return opened;
  }

  synchronized void limit(long byteLimit) {
    drop(inbox.limit(capacity, byteLimit));
  }

  synchronized void add(Message message) {
    drop(inbox.add(message));
    notifyAll();
  }

  /** Waits for the next message; null when the reader is to stop. */
  synchronized @Nullable Message take(Reader by) {
    while (!by.isClosed()) {
      Message message = inbox.poll();
      notifyAll();
      if (message != null) {
        return message;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Meant for something that the listener did; only closing ends this thread.
      }
    }
    return null;
  }

  /** Makes the reader see that it is closed. */
  synchronized void wake() {
    notifyAll();
  }

  /** The reader has called its listener for the last time. */
  synchronized void leave() {
    reader = null;
    leftAt = environment.now();
    notifyAll();
  }

  /** Lets the reader work off what waits, and stops it, both until a deadline. */
  synchronized void finish(long deadline) {
    try {
      while (reader != null && inbox.size() > 0 && millisTo(deadline) > 0) {
        wait(millisTo(deadline));
      }
      stop();
      while (reader != null && millisTo(deadline) > 0) {
        wait(millisTo(deadline));
      }
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }

  synchronized boolean isOpen() {
    return reader != null;
  }

  /** Whether nobody has read for so long. */
  synchronized boolean isForsaken(long retention) {
    return reader == null && environment.now() - leftAt >= retention;
  }

  synchronized Quality quality() {
    return quality;
  }

  synchronized int waiting() {
    return inbox.size();
  }

  private void stop() {
    if (reader != null) {
      reader.stop();
    }
  }

  private long millisTo(long deadline) {
    return TimeUnit.NANOSECONDS.toMillis(deadline - environment.now());
  }

  private void drop(int messages) {
    if (messages == 0) {
      return;
    }
    dropped.add(messages);
    if (reader != null) {
      reader.missed(messages);
      environment
          .complaints()
          .complain(
              MqttError.LISTENER_SLOW.because("The listener of " + name + " missed messages."));
    }
  }
}

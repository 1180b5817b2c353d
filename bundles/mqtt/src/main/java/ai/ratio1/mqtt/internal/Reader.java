package ai.ratio1.mqtt.internal;

import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Subscription;
import java.util.concurrent.atomic.LongAdder;

/** A listener, the thread that calls it, and the handle that its owner holds. */
final class Reader implements Subscription {

  private final Mailbox mailbox;
  private final MessageListener listener;
  private final Complaints complaints;
  private final Thread thread;
  private final LongAdder dropped = new LongAdder();
  private volatile boolean closed;

  Reader(Mailbox mailbox, MessageListener listener, Complaints complaints) {
    this.mailbox = mailbox;
    this.listener = listener;
    this.complaints = complaints;
    this.thread = Threads.thread("r1-mqtt-sub-" + mailbox.name, this::run);
  }

  void start() {
    thread.start();
  }

  boolean isClosed() {
    return closed;
  }

  void missed(int messages) {
    dropped.add(messages);
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  /** The listener itself may call this; then it returns at once. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (Thread.currentThread() != thread && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls the listener no more; a call in progress is neither awaited nor interrupted. */
  void stop() {
    closed = true;
    mailbox.wake();
  }

  private void run() {
    for (Message next = mailbox.take(this); next != null; next = mailbox.take(this)) {
      try {
        listener.received(next);
      } catch (RuntimeException | Error e) {
        mailbox.failures.increment();
        complaints.complain(
            MqttError.LISTENER_FAILED.because(
                "The listener of " + mailbox.name + " failed: " + e + ".", e));
      }
    }
    mailbox.leave();
  }
}

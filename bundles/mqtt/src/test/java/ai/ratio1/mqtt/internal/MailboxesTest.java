package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Environment environment =
      Environment.of(Clock.systemUTC(), nanos::get, new Random(1));
  private final Mailboxes mailboxes = new Mailboxes(settings(65_536), environment);
  private final Gate gate = new Gate();

  /** A listener that waits for permission before each message. */
  private static final class Gate implements MessageListener {
    final Semaphore permits = new Semaphore(0);
    final Semaphore begun = new Semaphore(0);
    final List<String> taken = new CopyOnWriteArrayList<>();

    @Override
    public void received(Message message) {
      begun.release();
      permits.acquireUninterruptibly();
      taken.add(new String(message.payload(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void stop() {
    gate.permits.release(1000);
    mailboxes.stop();
    Await.untilThreadsAreGone();
  }

  @Test
  void aSlowListenerMissesTheOldestAndOnlyItself() {
    Recorder quick = new Recorder();
    mailboxes.subscribe(request("quick", "a/#", 1000), quick);
    Subscription slow = mailboxes.subscribe(request("slow", "a/b", 2), gate);
    deliver("a/b", "1");
    gate.begun.acquireUninterruptibly();
    for (int i = 2; i <= 10; i++) {
      deliver("a/b", "" + i);
    }
    quick.awaitCount(10);
    assertThat(slow.dropped()).isEqualTo(7);
    gate.permits.release(10);
    Await.until(() -> gate.taken.size() == 3);
    assertThat(gate.taken).containsExactly("1", "9", "10");
    assertThat(metric("r1_mqtt_subscription_dropped_total", "slow")).isEqualTo(7);
    assertThat(metric("r1_mqtt_subscription_dropped_total", "quick")).isZero();
  }

  @Test
  void largeMessagesAreBoundedByTheirBytes() {
    Subscription slow = mailboxes.subscribe(request("slow", "a", 1000), gate);
    deliver("a", "1");
    gate.begun.acquireUninterruptibly();
    for (int i = 0; i < 10; i++) {
      deliver("a", "x".repeat(20_000));
    }
    assertThat(slow.dropped()).isEqualTo(7);
    mailboxes.configure(settings(70_000));
    assertThat(slow.dropped()).isEqualTo(7);
  }

  @Test
  void anExceptionIsCountedAndTheNextMessageFollows() {
    Recorder recorder = new Recorder();
    mailboxes.subscribe(
        request("frail", "a", 10),
        message -> {
          recorder.received(message);
          if (recorder.texts.size() == 1) {
            throw new IllegalStateException("first");
          }
          if (recorder.texts.size() == 2) {
            throw new NoClassDefFoundError("second");
          }
        });
    deliver("a", "1");
    deliver("a", "2");
    deliver("a", "3");
    recorder.awaitCount(3);
    assertThat(metric("r1_mqtt_listener_failures_total", "frail")).isEqualTo(2);
  }

  @Test
  void closingWaitsForTheCallInProgressAndKeepsTheRest() {
    Subscription old = mailboxes.subscribe(request("swap", "a", 10), gate);
    deliver("a", "1");
    deliver("a", "2");
    gate.begun.acquireUninterruptibly();
    Thread closing = new Thread(old::close);
    closing.start();
    Await.until(() -> closing.getState() == Thread.State.WAITING);
    assertThatThrownBy(() -> mailboxes.subscribe(request("swap", "a", 10), new Recorder()))
        .as("a call is in progress")
        .isInstanceOf(IllegalStateException.class);
    gate.permits.release();
    Await.until(() -> !closing.isAlive());
    deliver("a", "3");
    assertThat(gate.taken).containsExactly("1");
    Recorder next = new Recorder();
    Subscription successor = mailboxes.subscribe(request("swap", "a", 1), next);
    next.awaitCount(1);
    assertThat(next.texts).as("with its own capacity").containsExactly("3");
    assertThat(successor.dropped()).isZero();
    assertThat(metric("r1_mqtt_subscription_dropped_total", "swap")).isEqualTo(1);
  }

  @Test
  void aListenerMayCloseItsOwnSubscription() {
    AtomicReference<Subscription> self = new AtomicReference<>();
    Recorder recorder = new Recorder();
    self.set(
        mailboxes.subscribe(
            request("self", "a", 10),
            message -> {
              Await.until(() -> self.get() != null);
              self.get().close();
              recorder.received(message);
            }));
    deliver("a", "1");
    deliver("a", "2");
    recorder.awaitCount(1);
    Await.until(() -> mailboxes.wanted().isEmpty() || reopens("self"));
    assertThat(recorder.texts).containsExactly("1");
  }

  private boolean reopens(String name) {
    try {
      mailboxes.subscribe(request(name, "a", 10), message -> {});
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Test
  void anInterruptedCloserStillWaits() {
    Subscription old = mailboxes.subscribe(request("swap", "a", 10), gate);
    deliver("a", "1");
    gate.begun.acquireUninterruptibly();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread closer =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              old.close();
              interrupted.set(Thread.interrupted());
            });
    closer.start();
    Await.until(() -> closer.getState() == Thread.State.WAITING);
    gate.permits.release();
    Await.until(() -> interrupted.get() != null);
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void nobodyComesForEver() {
    mailboxes.subscribe(request("gone", "a", 10), new Recorder()).close();
    mailboxes.subscribe(request("here", "b", 10), new Recorder());
    nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
    assertThat(mailboxes.expire()).isFalse();
    assertThat(mailboxes.wanted()).containsOnlyKeys("a", "b");
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(mailboxes.expire()).isTrue();
    assertThat(mailboxes.wanted()).containsOnlyKeys("b");
    deliver("a", "unwanted");
    assertThat(environment.counters().unwanted.sum()).isEqualTo(1);
  }

  @Test
  void anotherFilterInheritsNothing() {
    mailboxes.subscribe(request("swap", "a", 10), new Recorder()).close();
    deliver("a", "for the old one");
    Recorder next = new Recorder();
    mailboxes.subscribe(request("swap", "b", 10), next);
    assertThat(mailboxes.wanted()).containsOnlyKeys("b");
    deliver("b", "1");
    next.awaitCount(1);
    assertThat(next.texts).containsExactly("1");
  }

  @Test
  void asksForEachFilterOnceAtTheHighestQuality() {
    for (Quality quality : Quality.values()) {
      mailboxes.subscribe(new SubscriptionRequest("q" + quality, "a", quality, 1), new Recorder());
    }
    assertThat(mailboxes.wanted()).isEqualTo(Map.of("a", Quality.EXACTLY_ONCE));
    assertThatThrownBy(() -> mailboxes.subscribe(request("bad", "a#", 1), new Recorder()))
        .isInstanceOf(R1Exception.class);
  }

  @Test
  void stoppingLetsListenersFinishWithinBounds() {
    Recorder quick = new Recorder();
    mailboxes.subscribe(request("quick", "a", 1000), quick);
    mailboxes.subscribe(request("stuck", "a", 1000), gate);
    for (int i = 0; i < 100; i++) {
      deliver("a", "" + i);
    }
    // Time stands still until the quick one is done, however slow the machine is.
    Thread ticking =
        new Thread(
            () -> {
              quick.awaitCount(100);
              tick(gate);
            });
    ticking.start();
    mailboxes.stop();
    assertThat(quick.texts).hasSize(100);
    assertThatThrownBy(() -> mailboxes.subscribe(request("late", "a", 1), quick))
        .isInstanceOf(R1Exception.class);
  }

  /** Lets time pass until the listeners are let go. */
  private void tick(Gate until) {
    while (until.permits.availablePermits() == 0) {
      nanos.addAndGet(1_000_000);
      Await.pause(1);
    }
  }

  private double metric(String name, String subscription) {
    return mailboxes.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .filter(metric -> metric.labels().containsValue(subscription))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private void deliver(String topic, String text) {
    mailboxes.deliver(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  private static SubscriptionRequest request(String name, String filter, int capacity) {
    return new SubscriptionRequest(name, filter, Quality.AT_LEAST_ONCE, capacity);
  }

  private static MqttSettings settings(int bytes) {
    return MqttSettings.of(Node.config(Map.of("subscription_bytes", bytes)));
  }
}

package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.SubscriptionRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link over connections that do what a test says. */
@Timeout(30)
class LinkTest {

  @TempDir Path folder;

  private final List<Fake> made = new CopyOnWriteArrayList<>();
  private final Environment environment =
      Environment.of(Clock.systemUTC(), System::nanoTime, new Random(1));
  private Outbox outbox;
  private Mailboxes mailboxes;
  private Link link;

  private static final class Fake implements Connection {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    final BrokerAccount account;
    final String clientId;
    final Events events;

    Fake(BrokerAccount account, String clientId, Events events) {
      this.account = account;
      this.clientId = clientId;
      this.events = events;
    }

    @Override
    public void open() {
      calls.add("open");
    }

    @Override
    public void subscribe(String filter, Quality quality) {
      calls.add("subscribe " + filter);
    }

    @Override
    public void unsubscribe(String filter) {
      calls.add("unsubscribe " + filter);
    }

    @Override
    public void publish(OutMessage message) {
      calls.add("publish " + message.id());
    }

    @Override
    public long heardAt() {
      return System.nanoTime();
    }

    @Override
    public CompletionStage<Void> close() {
      calls.add("close");
      return closed;
    }

    @Override
    public void abandon() {
      calls.add("abandon");
    }
  }

  @BeforeEach
  void start() {
    MqttSettings settings = settings(10_000);
    outbox = new Outbox(folder, settings, environment);
    mailboxes = new Mailboxes(settings, environment);
    link =
        new Link(
            (account, id, current, events) -> {
              Fake fake = new Fake(account, id, events);
              made.add(fake);
              return fake;
            },
            settings,
            outbox,
            mailboxes,
            environment);
    link.start();
  }

  @AfterEach
  void stop() {
    made.forEach(fake -> fake.closed.complete(null));
    link.close();
    mailboxes.stop();
    outbox.close();
    Await.untilThreadsAreGone();
  }

  @Test
  void subscribesBeforeItSendsAndSendsAgainWhatWasNotTaken() {
    mailboxes.subscribe(new SubscriptionRequest("s", "a", Quality.AT_LEAST_ONCE, 1), m -> {});
    publish();
    publish();
    Fake first = connect("one");
    awaitCalls(first, "open", "subscribe a", "publish 1", "publish 2");
    first.events.answered("a", true);
    first.events.taken(1);
    first.events.failed(new IllegalStateException("broken"));
    Await.until(() -> made.size() == 2);
    Fake second = made.get(1);
    assertThat(second.clientId).isEqualTo(first.clientId);
    second.events.opened();
    awaitCalls(second, "open", "subscribe a", "publish 2");
    assertThat(first.calls).last().isEqualTo("abandon");
  }

  @Test
  void believesAnOldConnectionOnlyWhatWasTaken() {
    publish();
    Fake first = connect("one");
    awaitCalls(first, "open", "publish 1");
    Fake second = connect("two");
    first.events.failed(new IllegalStateException("late"));
    first.events.answered("a", false);
    first.events.opened();
    first.events.taken(1);
    Await.until(() -> outbox.depth().messages() == 0);
    assertThat(made).hasSize(2);
    assertThat(link.status().connected()).isTrue();
    assertThat(second.calls).doesNotContain("abandon");
  }

  @Test
  void replacesAConnectionThatDoesNotAnswer() {
    link.configure(settings(200));
    publish();
    // Connected for as long as an answer may take, which is too short to be seen for certain.
    Fake first = open("one");
    awaitCalls(first, "open", "publish 1", "abandon");
    Await.until(() -> made.size() == 2);
    assertThat(environment.counters().replacements.sum()).isEqualTo(1);
    assertThat(link.status().connected()).isFalse();
    assertThat(link.status().detail()).contains("R1-MQTT-014").contains("PUBLISH 1");
  }

  @Test
  void aGoodByeThatNeverEndsIsCutShort() {
    Fake first = connect("one");
    link.use(Optional.empty());
    awaitCalls(first, "open", "close");
    assertThat(first.calls).doesNotContain("abandon");
    link.close();
    assertThat(first.calls).contains("abandon");
  }

  @Test
  void asksAnewWhenSubscriptionsChange() {
    Fake first = connect("one");
    var one =
        mailboxes.subscribe(new SubscriptionRequest("s", "a", Quality.AT_MOST_ONCE, 1), m -> {});
    link.mailboxesChanged();
    awaitCalls(first, "open", "subscribe a");
    mailboxes.subscribe(new SubscriptionRequest("t", "a", Quality.EXACTLY_ONCE, 1), m -> {});
    link.mailboxesChanged();
    awaitCalls(first, "open", "subscribe a", "subscribe a");
    one.close();
    link.mailboxesChanged();
    first.events.answered("a", false);
    Await.until(() -> link.status().detail().contains("[a]"));
    assertThat(environment.counters().refusals.sum()).isEqualTo(1);
  }

  private static MqttSettings settings(int answerTimeout) {
    return MqttSettings.of(
        Node.config(
            Map.of("retry_min_ms", 10, "retry_max_ms", 10, "answer_timeout_ms", answerTimeout)));
  }

  private Fake connect(String host) {
    Fake fake = open(host);
    Await.until(() -> link.status().connected() && link.status().broker().contains(host));
    assertThat(link.status().toString()).doesNotContain("secret");
    return fake;
  }

  private Fake open(String host) {
    int before = made.size();
    link.use(Optional.of(new BrokerAccount(host, 1883, false, "user", "secret", Optional.empty())));
    Await.until(() -> made.size() > before);
    Fake fake = made.get(before);
    fake.events.opened();
    return fake;
  }

  private void publish() {
    var unused = outbox.publish("t", new byte[1], Quality.AT_LEAST_ONCE);
    link.outboxChanged();
  }

  private static void awaitCalls(Fake fake, String... calls) {
    Await.until(() -> fake.calls.equals(List.of(calls)), () -> "" + fake.calls);
  }
}

package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.testing.MovingClock;
import ai.ratio1.transport.Quality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutboxTest {

  @TempDir Path folder;

  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final List<Outbox> opened = new ArrayList<>();
  private final Environment environment = Environment.of(clock, nanos::get, new Random(1));

  @AfterEach
  void close() {
    opened.forEach(Outbox::close);
    Await.untilThreadsAreGone();
  }

  @Test
  void aSuccessorSendsWhatWasLeft() {
    Outbox outbox = open(Map.of());
    CompletableFuture<Void> taken = publish(outbox, "1", Quality.AT_LEAST_ONCE);
    CompletableFuture<Void> left = publish(outbox, "2", Quality.EXACTLY_ONCE);
    outbox.online();
    assertThat(drain(outbox)).containsExactly("1", "2");
    outbox.taken(1);
    outbox.taken(99);
    taken.join();
    outbox.close();
    outbox.close();
    assertFails(left, MqttError.STOPPED);
    assertFails(publish(outbox, "3", Quality.AT_LEAST_ONCE), MqttError.STOPPED);
    Outbox next = open(Map.of());
    next.online();
    assertThat(drain(next)).containsExactly("2");
    assertThat(publish(next, "4", Quality.AT_LEAST_ONCE)).isNotDone();
    assertThat(drain(next)).containsExactly("4");
  }

  @Test
  void nothingIsSentWithoutAConnection() {
    Outbox outbox = open(Map.of());
    assertFails(publish(outbox, "0", Quality.AT_MOST_ONCE), MqttError.OFFLINE);
    publish(outbox, "1", Quality.AT_LEAST_ONCE);
    assertThat(drain(outbox)).isEmpty();
    outbox.online();
    CompletableFuture<Void> unkept = publish(outbox, "2", Quality.AT_MOST_ONCE);
    assertThat(drain(outbox)).containsExactly("1", "2");
    outbox.offline(false);
    assertFails(unkept, MqttError.OFFLINE);
    assertThat(drain(outbox)).isEmpty();
    outbox.online();
    assertThat(drain(outbox)).containsExactly("1");
    assertThat(outbox.depth().inFlight()).isEqualTo(1);
  }

  @Test
  void whatNobodyCouldTakeIsRefused() {
    Outbox outbox = open(Map.of("message_limit", 1024));
    assertFails(publish(outbox, "x".repeat(1025), Quality.AT_LEAST_ONCE), MqttError.TOO_LARGE);
    assertFails(
        outbox.publish("a/+", new byte[0], Quality.AT_LEAST_ONCE).toCompletableFuture(),
        MqttError.BAD_TOPIC);
    assertThat(outbox.depth().messages()).isZero();
  }

  @Test
  void laterChangesOfAPayloadDoNotMatter() {
    Outbox outbox = open(Map.of());
    byte[] payload = {'a'};
    outbox.publish("t", payload, Quality.AT_LEAST_ONCE);
    payload[0] = 'b';
    outbox.online();
    assertThat(drain(outbox)).containsExactly("a");
  }

  @Test
  void theOldestGoesWhenItIsFullAlsoOnDisk() {
    Outbox outbox = open(Map.of("outbox_messages", 3));
    CompletableFuture<Void> oldest = publish(outbox, "1", Quality.AT_LEAST_ONCE);
    for (int i = 2; i <= 4; i++) {
      publish(outbox, "" + i, Quality.AT_LEAST_ONCE);
    }
    assertFails(oldest, MqttError.OUTBOX_FULL);
    outbox.configure(settings(Map.of("outbox_messages", 2)));
    assertThat(outbox.depth().messages()).isEqualTo(2);
    outbox.close();
    Outbox next = open(Map.of("outbox_messages", 1));
    next.online();
    assertThat(drain(next)).containsExactly("4");
  }

  @Test
  void whatWaitsTooLongGoesBeforeAndAfterARestart() {
    Outbox outbox = open(Map.of("outbox_age_s", 60));
    CompletableFuture<Void> old = publish(outbox, "1", Quality.AT_LEAST_ONCE);
    pass(Duration.ofSeconds(40));
    publish(outbox, "2", Quality.AT_LEAST_ONCE);
    pass(Duration.ofSeconds(21));
    outbox.expire();
    assertFails(old, MqttError.EXPIRED);
    publish(outbox, "3", Quality.AT_LEAST_ONCE);
    outbox.close();
    pass(Duration.ofSeconds(40));
    Outbox next = open(Map.of("outbox_age_s", 60));
    next.online();
    assertThat(drain(next)).containsExactly("3");
  }

  @Test
  void aClockThatIsSetDoesNotMakeMessagesOld() {
    Outbox outbox = open(Map.of());
    publish(outbox, "1", Quality.AT_LEAST_ONCE);
    clock.advance(Duration.ofDays(365));
    outbox.expire();
    assertThat(outbox.depth().messages()).isEqualTo(1);
    publish(outbox, "2", Quality.AT_LEAST_ONCE);
    outbox.close();
    clock.advance(Duration.ofDays(-365));
    Outbox next = open(Map.of());
    assertThat(next.depth().messages()).as("not from the future either").isEqualTo(2);
  }

  @Test
  void aDamagedTailIsNoReasonNotToStart() throws Exception {
    Outbox outbox = open(Map.of());
    publish(outbox, "1", Quality.AT_LEAST_ONCE);
    publish(outbox, "2", Quality.AT_LEAST_ONCE);
    outbox.close();
    Path segment = segments().get(0);
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 1));
    Files.writeString(folder.resolve("outbox/notes.txt"), "not ours");
    Outbox next = open(Map.of());
    publish(next, "3", Quality.AT_LEAST_ONCE);
    next.close();
    Outbox last = open(Map.of());
    last.online();
    assertThat(drain(last)).containsExactly("1", "3");
  }

  @Test
  void aDiskThatCannotBeWrittenStopsNobody() throws Exception {
    Files.writeString(folder.resolve("outbox"), "no folder");
    Outbox outbox = open(Map.of());
    CompletableFuture<Void> taken = publish(outbox, "1", Quality.AT_LEAST_ONCE);
    outbox.online();
    assertThat(drain(outbox)).containsExactly("1");
    outbox.offline(false);
    outbox.online();
    assertThat(drain(outbox)).as("kept in memory").containsExactly("1");
    outbox.taken(1);
    taken.join();
    assertThat(environment.counters().writeFailures.sum()).isPositive();
  }

  @Test
  void onlyTheOwnerReadsIt() throws Exception {
    publish(open(Map.of()), "1", Quality.AT_LEAST_ONCE);
    assertThat(Files.getPosixFilePermissions(folder.resolve("outbox")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void writesNoMoreThanAFewSegmentsHoweverMuchPasses() throws Exception {
    Outbox outbox = open(Map.of());
    outbox.online();
    for (int i = 0; i < 500; i++) {
      publish(outbox, "x".repeat(50_000), Quality.AT_LEAST_ONCE);
      outbox.next().ifPresent(message -> outbox.taken(message.id()));
    }
    assertThat(segments().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void anInterruptedPublisherDoesNotCloseTheFile() {
    Outbox outbox = open(Map.of());
    Thread.currentThread().interrupt();
    publish(outbox, "1", Quality.AT_LEAST_ONCE);
    assertThat(Thread.interrupted()).isTrue();
    publish(outbox, "2", Quality.AT_LEAST_ONCE);
    assertThat(environment.counters().writeFailures.sum()).isZero();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    clock.advance(time);
  }

  private Outbox open(Map<String, Object> values) {
    Outbox outbox = new Outbox(folder.resolve("outbox"), settings(values), environment);
    opened.add(outbox);
    return outbox;
  }

  private static MqttSettings settings(Map<String, Object> values) {
    return MqttSettings.of(Node.config(values));
  }

  private List<Path> segments() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
      return files.sorted().toList();
    }
  }

  private static CompletableFuture<Void> publish(Outbox outbox, String text, Quality quality) {
    return outbox
        .publish("topic", text.getBytes(StandardCharsets.UTF_8), quality)
        .toCompletableFuture();
  }

  private static List<String> drain(Outbox outbox) {
    List<String> texts = new ArrayList<>();
    for (Optional<OutMessage> next = outbox.next(); next.isPresent(); next = outbox.next()) {
      texts.add(new String(next.get().payload(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void assertFails(CompletableFuture<Void> answer, MqttError error) {
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }
}

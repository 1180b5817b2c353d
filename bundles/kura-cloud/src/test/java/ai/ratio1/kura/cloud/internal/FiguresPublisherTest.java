package ai.ratio1.kura.cloud.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.metrics.Metric;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class FiguresPublisherTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<KuraPayload> taken = new ArrayList<>();

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  private static Map<String, Object> config(int seconds, int limit) {
    return Map.of(
        "CloudPublisher.target", "(kura.service.pid=x)",
        "interval.seconds", seconds,
        "figures.limit", limit);
  }

  private FiguresPublisher publisher(int limit) {
    return publisher(config(60, limit));
  }

  private FiguresPublisher publisher(Map<String, Object> given) {
    return new FiguresPublisher(framework(), given, Clock.fixed(NOW, ZoneOffset.UTC), thread);
  }

  /** One without properties and services. */
  private static BundleContext framework() {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> null);
  }

  private static double figure(FiguresPublisher publisher, String name) {
    return publisher.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static void publishThrough(FiguresPublisher publisher, CloudPublisher cloud) {
    CloudPublisher other =
        message -> {
          throw new AssertionError("the wrong publisher");
        };
    publisher.clouds =
        List.of(
            Map.entry(Map.of("kura.service.pid", "y"), other),
            Map.entry(Map.of("kura.service.pid", "x"), cloud));
  }

  @Test
  void aFilterThatIsNoneIsRefusedAndTheLastGoodOneStays() {
    FiguresPublisher publisher = publisher(1);
    publisher.modified(Map.of("CloudPublisher.target", "(kura.service.pid=y"));
    publisher.modified(Map.of("CloudPublisher.target", new int[] {1}));
    publisher.figures = List::of;
    publishThrough(publisher, message -> null);
    publisher.publish();
    assertThat(figure(publisher, "r1_kura_published_total")).isEqualTo(1);
  }

  @Test
  void withoutAFilterNobodyPublishes() {
    FiguresPublisher publisher = publisher(Map.of());
    publisher.figures = List::of;
    publishThrough(publisher, message -> null);
    publisher.publish();
    publisher.modified(Map.of("CloudPublisher.target", ""));
    publisher.publish();
    assertThat(figure(publisher, "r1_kura_published_total")).isZero();
  }

  @Test
  void aMessageHasTheTimeAndNoMoreFiguresThanItMay() {
    FiguresPublisher publisher = publisher(1);
    publisher.figures =
        () -> List.of(Metric.gauge("r1_a_a", "A.", 1), Metric.gauge("r1_a_b", "B.", 2));
    publisher.publish();
    publishThrough(
        publisher,
        message -> {
          taken.add(message.getPayload());
          return "1";
        });
    publisher.publish();
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).metrics()).containsOnlyKeys("r1_a_a");
    assertThat(Objects.requireNonNull(taken.get(0).getTimestamp()).toInstant()).isEqualTo(NOW);
    assertThat(figure(publisher, "r1_kura_published_total")).isEqualTo(1);
  }

  @Test
  void aCloudThatRefusesIsAskedAgain() {
    FiguresPublisher publisher = publisher(10);
    publisher.figures = List::of;
    publishThrough(
        publisher,
        message -> {
          throw new KuraException(KuraErrorCode.INTERNAL_ERROR);
        });
    publisher.publish();
    publishThrough(
        publisher,
        message -> {
          throw new IllegalStateException("gone");
        });
    publisher.publish();
    publishThrough(publisher, message -> null);
    publisher.publish();
    assertThat(figure(publisher, "r1_kura_publish_failures_total")).isEqualTo(2);
    assertThat(figure(publisher, "r1_kura_published_total")).isEqualTo(1);
  }

  @Test
  void wrongSettingsAreRefusedAndTheLastGoodOnesStay() {
    FiguresPublisher publisher = publisher(1);
    for (int[] wrong : new int[][] {{4, 10}, {86_401, 10}, {60, 0}, {60, 5000}}) {
      publisher.modified(config(wrong[0], wrong[1]));
    }
    publisher.figures =
        () -> List.of(Metric.gauge("r1_a_a", "A.", 1), Metric.gauge("r1_a_b", "B.", 2));
    publishThrough(
        publisher,
        message -> {
          taken.add(message.getPayload());
          return "1";
        });
    publisher.publish();
    assertThat(taken.get(0).metrics()).hasSize(1);
  }
}

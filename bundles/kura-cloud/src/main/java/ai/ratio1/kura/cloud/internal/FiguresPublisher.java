package ai.ratio1.kura.cloud.internal;

import ai.ratio1.kura.cloud.internal.core.CloudError;
import ai.ratio1.kura.cloud.internal.core.PublishedFigures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricReader;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the node's figures through the cloud publisher that its settings select. One message at
 * a time: while a cloud takes long for one, none is added.
 */
@Component(
    name = FiguresConfig.PID,
    configurationPid = FiguresConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = FiguresConfig.class)
public final class FiguresPublisher implements MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(FiguresPublisher.class);

  private final Configured<FiguresConfig, Settings> configured;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Settings settings;
  private volatile boolean failing;
  private @Nullable ScheduledFuture<?> rounds;

  /**
   * With their properties. By Kura's custom a filter selects one of them; Declarative Services
   * would take it from the configuration unchecked, and stumble over what is none.
   */
  @Reference(
      service = CloudPublisher.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile List<Map.Entry<Map<String, Object>, CloudPublisher>> clouds = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable MetricReader figures;

  private record Settings(Filter publisher, int intervalSeconds, int limit) {

    static Settings of(FiguresConfig config) {
      require("interval.seconds", config.interval_seconds(), 5, 86_400);
      require("figures.limit", config.figures_limit(), 1, 1000);
      return new Settings(
          filter(config.CloudPublisher_target()),
          config.interval_seconds(),
          config.figures_limit());
    }

    private static Filter filter(String text) {
      try {
        return FrameworkUtil.createFilter(text.isBlank() ? FiguresConfig.NOBODY : text);
      } catch (InvalidSyntaxException e) {
        throw CloudError.BAD_SETTING.because("CloudPublisher.target is no filter.");
      }
    }

    private static void require(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw CloudError.BAD_SETTING.because(
            name + " is " + value + ", but has to be " + least + " to " + most + ".");
      }
    }
  }

  /** Begins with its own thread. */
  @Activate
  public FiguresPublisher(
      BundleContext context, Map<String, Object> given, @Reference Clock clock) {
    this(
        context,
        given,
        clock,
        Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "r1-kura-figures")));
  }

  FiguresPublisher(
      BundleContext context,
      Map<String, Object> given,
      Clock clock,
      ScheduledExecutorService thread) {
    this.clock = clock;
    this.thread = thread;
    this.configured = Configured.of(FiguresConfig.class, FiguresConfig.PID, context, Settings::of);
    this.settings = configured.begin(given);
  }

  /** Publishes after every interval. */
  @Activate
  synchronized void open() {
    rounds = schedule();
  }

  /** Takes new settings, or keeps the last good ones and says why. */
  @Modified
  synchronized void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(Settings wanted) {
    settings = wanted;
    if (rounds != null) {
      rounds.cancel(false);
    }
    rounds = schedule();
  }

  /** Publishes no more. */
  @Deactivate
  void close() {
    thread.shutdownNow();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "r1_kura_published_total",
            "Messages with figures that a cloud publisher took.",
            (double) published.get()),
        Metric.counter(
            "r1_kura_publish_failures_total",
            "Messages with figures that a cloud publisher refused.",
            (double) failures.get()));
  }

  /** One message, when there is somebody to publish it and something to publish. */
  void publish() {
    Optional<CloudPublisher> to = publisher();
    MetricReader from = figures;
    if (to.isEmpty() || from == null) {
      return;
    }
    try {
      to.get().publish(message(PublishedFigures.of(from.read(), settings.limit())));
      published.incrementAndGet();
      if (failing) {
        LOG.info("The cloud takes figures again.");
      }
      failing = false;
    } catch (KuraException | RuntimeException e) {
      failures.incrementAndGet();
      if (!failing) {
        LOG.warn(
            "{}", CloudError.NOT_PUBLISHED.because("The cloud takes no figures.").describe(), e);
      }
      failing = true;
    }
  }

  private Optional<CloudPublisher> publisher() {
    return clouds.stream()
        .filter(cloud -> settings.publisher().matches(cloud.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private ScheduledFuture<?> schedule() {
    int seconds = settings.intervalSeconds();
    return thread.scheduleWithFixedDelay(this::publish, seconds, seconds, TimeUnit.SECONDS);
  }

  // Kura's payload has this type.
  @SuppressWarnings("JavaUtilDate")
  private KuraMessage message(PublishedFigures chosen) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(Date.from(clock.instant()));
    chosen.values().forEach(payload::addMetric);
    return new KuraMessage(payload);
  }
}

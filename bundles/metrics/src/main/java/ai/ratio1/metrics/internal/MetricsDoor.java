package ai.ratio1.metrics.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricReader;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.metrics.internal.core.Exposition;
import ai.ratio1.settings.Configured;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every {@link MetricSource} of the framework when Prometheus or a bundle asks. */
@Component(
    name = MetricsConfig.PID,
    configurationPid = MetricsConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    // On a gateway the data folder is known once there is a clock.
    reference = @Reference(name = "clock", service = Clock.class),
    service = {Door.class, MetricReader.class, ConfigurableComponent.class})
@Designate(ocd = MetricsConfig.class)
public final class MetricsDoor implements Door, MetricReader, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsDoor.class);
  private static final ErrorCode INVALID = new ErrorCode("R1-METRICS-001");
  private static final ErrorCode SOURCE_FAILED = new ErrorCode("R1-METRICS-002");

  private final Configured<MetricsConfig, Integer> configured;
  private final RuntimeFigures runtime;
  private final Set<MetricSource> sources = ConcurrentHashMap.newKeySet();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private volatile int limit;

  /** Opens the door. */
  @Activate
  public MetricsDoor(BundleContext context, Map<String, Object> given) {
    this.runtime = new RuntimeFigures(context);
    this.configured =
        Configured.of(MetricsConfig.class, MetricsConfig.PID, context, MetricsDoor::limit);
    this.limit = configured.begin(given);
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, next -> limit = next);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSource(MetricSource source) {
    sources.add(source);
  }

  void removeSource(MetricSource source) {
    sources.remove(source);
  }

  @Override
  public String path() {
    return "/metrics";
  }

  @Override
  public Audience audience() {
    return Audience.LOCAL;
  }

  @Override
  public Response handle(Request request) {
    byte[] text = exposition().text().getBytes(StandardCharsets.UTF_8);
    return new Response(200, Exposition.CONTENT_TYPE, text);
  }

  @Override
  public List<Metric> read() {
    return exposition().metrics();
  }

  private Exposition exposition() {
    Exposition exposition = new Exposition(limit);
    runtime.metrics().forEach(exposition::add);
    for (MetricSource source : sources) {
      read(source).forEach(exposition::add);
    }
    rejected.addAndGet(exposition.rejected());
    own().forEach(exposition::add);
    return exposition;
  }

  private List<Metric> read(MetricSource source) {
    try {
      return source.metrics();
    } catch (RuntimeException e) {
      failures.incrementAndGet();
      LOG.warn("{}: {} has no figures now.", SOURCE_FAILED, source.getClass().getName(), e);
      return List.of();
    }
  }

  private List<Metric> own() {
    return List.of(
        Metric.counter(
            "r1_metrics_source_failures_total",
            "Failures of sources at a scrape.",
            (double) failures.get()),
        Metric.counter(
            "r1_metrics_rejected_total",
            "Figures left out of a scrape: wrong name, repeated, or above the limit.",
            (double) rejected.get()));
  }

  private static int limit(MetricsConfig config) {
    if (config.sample_limit() < 100 || config.sample_limit() > 100_000) {
      throw new R1Exception(
          INVALID,
          "sample.limit is " + config.sample_limit() + ".",
          "Set it to a number from 100 to 100000.");
    }
    return config.sample_limit();
  }
}

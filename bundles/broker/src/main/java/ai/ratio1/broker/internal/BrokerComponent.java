package ai.ratio1.broker.internal;

import ai.ratio1.broker.Broker;
import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.settings.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the broker while it is configured, and offers it while it runs. A changed configuration
 * restarts it; one that cannot be used is logged, and the broker goes on with the last good one.
 */
@Component(
    name = BrokerConfig.PID,
    configurationPid = BrokerConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = BrokerConfig.class)
public final class BrokerComponent implements MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerComponent.class);

  private final Configured<BrokerConfig, BrokerSettings> configured;
  private final BundleContext context;
  private final Path folder;
  private final BrokerCounters counters = new BrokerCounters();
  private final RandomGenerator random = new SecureRandom();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "r1-broker-start"));
  private final BrokerKeeper keeper;
  private @Nullable ServiceRegistration<Broker> offered;

  /** Starts the broker; takes about a second. */
  @Activate
  public BrokerComponent(
      BundleContext context,
      Map<String, Object> given,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<Secrets> secrets) {
    this.context = context;
    this.folder =
        Path.of(
            Objects.requireNonNull(
                context.getProperty("r1.data"), "the framework property r1.data is not set"));
    this.configured =
        Configured.of(
            BrokerConfig.class,
            BrokerConfig.PID,
            context,
            secrets,
            config -> SettingsReader.read(config, folder));
    this.keeper =
        new BrokerKeeper(
            configured.begin(given),
            this::started,
            (millis, task) -> timer.schedule(task, millis, TimeUnit.MILLISECONDS),
            this::offer);
  }

  @Activate
  void start() {
    keeper.start();
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, keeper::use);
  }

  @Deactivate
  void stop() {
    keeper.close();
    timer.shutdownNow();
  }

  @Override
  public List<Metric> metrics() {
    return counters.metrics();
  }

  private EmbeddedBroker started(BrokerSettings settings) {
    EmbeddedBroker started =
        new EmbeddedBroker(settings, folder.resolve("broker"), random, counters);
    LOG.info("The broker accepts connections on {}.", started.listeners());
    return started;
  }

  /** Brings the service in line with the broker. */
  private void offer() {
    Optional<EmbeddedBroker> now = keeper.running();
    // Registering calls listeners, which must not find this component locked.
    ServiceRegistration<Broker> unwanted =
        now.map(broker -> context.registerService(Broker.class, broker, null)).orElse(null);
    synchronized (this) {
      if (keeper.running().equals(now)) {
        ServiceRegistration<Broker> last = offered;
        offered = unwanted;
        unwanted = last;
      }
    }
    if (unwanted != null) {
      unwanted.unregister();
    }
  }
}

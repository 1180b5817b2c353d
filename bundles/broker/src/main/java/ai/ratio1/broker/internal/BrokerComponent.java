package ai.ratio1.broker.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.Broker;
import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the broker while it is configured. A changed configuration restarts it; one that cannot be
 * used is logged, and the broker goes on with the last good one.
 */
@Component(
    name = BrokerConfig.PID,
    configurationPid = BrokerConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Broker.class, MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = BrokerConfig.class)
public final class BrokerComponent implements Broker, MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerComponent.class);

  private final Configured<BrokerConfig, BrokerSettings> configured;
  private final Path folder;
  private final BrokerCounters counters = new BrokerCounters();
  private final RandomGenerator random = new SecureRandom();
  private BrokerSettings settings;
  private volatile EmbeddedBroker broker;

  /** Starts the broker; takes about a second. */
  @Activate
  public BrokerComponent(BundleContext context, Map<String, Object> given) {
    this.folder =
        Path.of(
            Objects.requireNonNull(
                context.getProperty("r1.data"), "the framework property r1.data is not set"));
    this.configured =
        Configured.of(
            BrokerConfig.class,
            BrokerConfig.PID,
            context,
            config -> SettingsReader.read(config, folder));
    this.settings = configured.begin(given);
    this.broker = start(settings);
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(BrokerSettings wanted) {
    if (!wanted.equals(settings)) {
      broker.close();
      restart(wanted);
    }
  }

  private void restart(BrokerSettings wanted) {
    try {
      broker = start(wanted);
      settings = wanted;
    } catch (R1Exception e) {
      broker = start(settings);
      throw e;
    }
  }

  private EmbeddedBroker start(BrokerSettings wanted) {
    EmbeddedBroker started = new EmbeddedBroker(wanted, folder.resolve("broker"), random, counters);
    LOG.info("The broker accepts connections on {}.", started.listeners());
    return started;
  }

  @Deactivate
  void stop() {
    broker.close();
  }

  @Override
  public List<URI> listeners() {
    return broker.listeners();
  }

  @Override
  public int connections() {
    return counters.connections();
  }

  @Override
  public List<Metric> metrics() {
    return counters.metrics();
  }
}

package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Entities;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Escrow;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.Releases;
import ai.ratio1.chain.Rewards;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.settings.Secrets;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the chain services once the chain has answered and its network is the one this node's data
 * belong to. From then on they stay: an outage makes their calls fail, it does not take them away.
 */
@Component(
    name = ChainComponent.PID,
    configurationPid = ChainComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    // On a gateway the data folder is known once there is a clock.
    reference = @Reference(name = "clock", service = Clock.class),
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = ChainConfiguration.class)
public final class ChainComponent implements MetricSource, ConfigurableComponent {

  static final String PID = "ai.ratio1.chain";

  private static final Logger LOG = LoggerFactory.getLogger(ChainComponent.class);
  private static final long BALANCE_SECONDS = 30;

  private final Configured<ChainConfiguration, Wanted> configured;
  private final BundleContext context;
  private final NetworkMemory memory;
  private @Nullable ConnectionKeeper keeper;
  private List<ServiceRegistration<?>> offered = List.of();
  private volatile ChainMetrics metrics = ChainMetrics.unconnected();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable NodeIdentity identity;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventAdmin events;

  private record Wanted(ChainOptions options, long balanceAlarm) {}

  /** Begins to connect when the settings are valid, and else waits for better ones. */
  @Activate
  public ChainComponent(
      BundleContext context,
      Map<String, Object> given,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<Secrets> secrets) {
    this.context = context;
    this.memory = new NetworkMemory(dataFolder(context).resolve("chain").resolve("network"));
    this.configured =
        Configured.of(ChainConfiguration.class, PID, context, secrets, ChainComponent::wanted);
    configured.tryBegin(given).ifPresent(this::use);
  }

  /** Connects anew; settings that are not valid change nothing. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(Wanted wanted) {
    ConnectionKeeper next =
        new ConnectionKeeper(
            poller -> NetworkConnection.open(wanted.options(), poller, this::identity, memory),
            (mine, connection) -> offer(mine, connection, wanted.balanceAlarm()));
    withdraw(next);
    next.start();
  }

  /** Takes every service away and ends every thread. */
  @Deactivate
  void deactivate() {
    withdraw(null);
  }

  @Override
  public List<Metric> metrics() {
    return metrics.read();
  }

  private void offer(ConnectionKeeper mine, NetworkConnection connection, long alarm) {
    BalanceWatch watch =
        new BalanceWatch(connection, this::identity, BigInteger.valueOf(alarm), this::balanceLow);
    // Registering calls listeners, which must not find this component locked.
    List<ServiceRegistration<?>> made =
        List.of(
            register(Chain.class, connection.chain()),
            register(OracleRegistry.class, connection.oracles()),
            register(Licences.class, connection.licences()),
            register(Entities.class, connection.entities()),
            register(Rewards.class, connection.rewards()),
            register(EpochLedger.class, connection.epochs()),
            register(Escrow.class, connection.escrow()),
            register(Releases.class, connection.releases()),
            register(Accounts.class, new KeystoreAccounts(new SecureRandom())));
    boolean current;
    synchronized (this) {
      current = keeper == mine;
      if (current) {
        offered = made;
        metrics = new ChainMetrics(connection, watch);
      }
    }
    if (current) {
      mine.repeat(watch, BALANCE_SECONDS);
      LOG.info("Connected to network {}.", connection.chain().networkId());
    } else {
      made.forEach(ServiceRegistration::unregister);
    }
  }

  private void withdraw(@Nullable ConnectionKeeper next) {
    ConnectionKeeper last;
    List<ServiceRegistration<?>> made;
    synchronized (this) {
      last = keeper;
      made = offered;
      keeper = next;
      offered = List.of();
      metrics = ChainMetrics.unconnected();
    }
    made.forEach(ServiceRegistration::unregister);
    if (last != null) {
      last.close();
    }
  }

  private <S> ServiceRegistration<S> register(Class<S> contract, S service) {
    return context.registerService(contract, service, null);
  }

  private Optional<NodeIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  private void balanceLow(EvmAddress payer, BigInteger balance) {
    String message =
        "The key " + payer + " that pays for submissions holds only " + balance + " wei.";
    LOG.warn("{}", message);
    EventAdmin admin = events;
    if (admin != null) {
      Map<String, Object> properties =
          Map.of(
              NodeEvents.MESSAGE, message,
              NodeEvents.CODE, ChainFailure.NO_FUNDS.code().text(),
              NodeEvents.SUBJECT, payer.toHex());
      admin.postEvent(new Event(NodeEvents.BALANCE_LOW, properties));
    }
  }

  private static Wanted wanted(ChainConfiguration from) {
    try {
      return new Wanted(options(from), from.balance_alarm_wei());
    } catch (IllegalArgumentException invalid) {
      throw ChainFailure.INVALID_CONFIGURATION.because(
          "A setting of " + PID + " is not valid: " + invalid.getMessage() + ".");
    }
  }

  private static ChainOptions options(ChainConfiguration from) {
    if (from.balance_alarm_wei() < 0) {
      throw new IllegalArgumentException("balance.alarm.wei must not be negative");
    }
    return new ChainOptions(
        Arrays.stream(from.endpoints()).map(ChainComponent::address).toList(),
        EvmAddress.parse(from.controller()),
        Duration.ofMillis(from.poll_interval_ms()),
        Duration.ofMillis(from.request_timeout_ms()),
        from.answer_maximum_bytes(),
        Duration.ofMillis(from.transaction_replace_ms()),
        Duration.ofMillis(from.transaction_timeout_ms()),
        AccessToken.of(from.endpoint_token(), from.endpoint_token_file()));
  }

  private static URI address(String endpoint) {
    try {
      return new URI(endpoint);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("an endpoint is no address: " + e.getReason());
    }
  }

  private static Path dataFolder(BundleContext context) {
    String folder = context.getProperty("r1.data");
    if (folder == null) {
      throw ChainFailure.NOT_STORED.because("The framework property r1.data is not set.");
    }
    return Path.of(folder);
  }
}

package ai.ratio1.apbft.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionListener;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
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
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agreement engine of an oracle. {@link Agreement} is there exactly while the engine runs: not
 * before the chain named the network, and not while a predecessor of this bundle holds the file.
 */
@Component(
    name = ApbftComponent.PID,
    configurationPid = ApbftComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = ApbftConfig.class)
// The services are registered by hand, so resolvers must be told.
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>="
            + "\"ai.ratio1.consensus.Agreement,ai.ratio1.metrics.MetricSource\"")
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"ai.ratio1.consensus.Decisions\"")
public final class ApbftComponent implements ConfigurableComponent {

  /** Name of the component and of its configuration. */
  public static final String PID = "ai.ratio1.apbft";

  private static final Logger LOG = LoggerFactory.getLogger(ApbftComponent.class);
  private static final String DATA_FOLDER = "r1.data";

  private final Configured<ApbftConfig, Options> configured;
  private final BundleContext bundle;
  private final EngineThread.Node node;
  private final Announcements announcements = new Announcements();
  private final Listeners<CertificateListener, SignedCertificate> listeners =
      new Listeners<>(CertificateListener::certified);
  private final Listeners<DecisionListener, Decision> decisionListeners =
      new Listeners<>(DecisionListener::decided);
  private final Counters counters = new Counters();
  private final Object lifecycle = new Object();
  private @Nullable Transport transport;
  private @Nullable Outbound outbound;
  private @Nullable EngineThread engine;
  private volatile @Nullable Options options;
  private List<ServiceRegistration<?>> registrations = List.of();

  /**
   * Starts the engine's thread. A wrong configuration is no reason to fail: it is said, and another
   * is used, since not every runtime tries a failed component again.
   *
   * @throws R1Exception {@code R1-APBFT-001} when the framework names no data folder
   */
  @Activate
  public ApbftComponent(
      BundleContext bundle,
      Map<String, Object> given,
      @Reference(target = "(" + Session.ROLE + "=ORACLE)") Session session,
      @Reference NodeIdentity identity,
      @Reference Signatures signatures,
      @Reference Chain chain,
      @Reference Clock clock) {
    this.bundle = bundle;
    String folder = bundle.getProperty(DATA_FOLDER);
    if (folder == null) {
      throw Options.invalid("the framework property " + DATA_FOLDER + " is not set");
    }
    Path file = Path.of(folder, "apbft", "rounds.mv");
    this.node = new EngineThread.Node(identity, signatures, chain, clock, file);
    this.configured = Configured.of(ApbftConfig.class, PID, bundle, Options::of);
    start(configured.begin(given));
  }

  /** Takes a new configuration, or keeps the old one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::restart);
  }

  private void restart(Options next) {
    if (!next.equals(options)) {
      stop();
      start(next);
    }
  }

  @Deactivate
  void deactivate() {
    stop();
  }

  private void start(Options next) {
    synchronized (lifecycle) {
      Outbound fresh = new Outbound(next.topic(), next.subscriptionCapacity(), counters);
      fresh.use(transport);
      EngineDriver.Line line =
          new EngineDriver.Line(fresh, counters, announcements, listeners, decisionListeners);
      EngineThread thread = new EngineThread(node, next, line, this::publish);
      options = next;
      outbound = fresh;
      engine = thread;
      thread.start();
    }
  }

  private void stop() {
    EngineThread running;
    synchronized (lifecycle) {
      running = engine;
      engine = null;
      outbound = null;
    }
    // Consumers leave on this thread, so that the engine's has only its file to close. Not under
    // the lock, which the engine's thread takes as well.
    publish(null);
    if (running != null) {
      running.stop();
    }
  }

  /** Registers the services of a running engine, or withdraws them. */
  private void publish(EngineThread.@Nullable Services services) {
    List<ServiceRegistration<?>> old;
    synchronized (lifecycle) {
      old = registrations;
      registrations = List.of();
    }
    old.forEach(ApbftComponent::withdraw);
    if (services != null) {
      String[] names = {Agreement.class.getName(), MetricSource.class.getName()};
      List<ServiceRegistration<?>> fresh =
          List.of(
              bundle.registerService(names, services.agreement(), null),
              bundle.registerService(Decisions.class, services.decisions(), null));
      synchronized (lifecycle) {
        registrations = fresh;
      }
    }
  }

  private static void withdraw(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("the framework withdrew the services already");
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTransport(Transport next) {
    use(next);
  }

  void unbindTransport(Transport old) {
    synchronized (lifecycle) {
      if (transport == old) {
        use(null);
      }
    }
  }

  private void use(@Nullable Transport next) {
    synchronized (lifecycle) {
      transport = next;
      if (outbound != null) {
        outbound.use(next);
      }
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindListener(CertificateListener listener) {
    listeners.add(listener);
    synchronized (lifecycle) {
      if (engine != null) {
        engine.replay(listener);
      }
    }
  }

  void unbindListener(CertificateListener listener) {
    listeners.remove(listener);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDecisionListener(DecisionListener listener) {
    decisionListeners.add(listener);
  }

  void unbindDecisionListener(DecisionListener listener) {
    decisionListeners.remove(listener);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEvents(EventAdmin admin) {
    announcements.use(admin);
  }

  void unbindEvents(EventAdmin admin) {
    announcements.use(null);
  }
}

package ai.ratio1.dauth.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.internal.core.AnswerReader;
import ai.ratio1.dauth.internal.core.ChainView;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.GateStep;
import ai.ratio1.dauth.internal.core.Gatekeeper;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.BrokerCredential;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
 * The boot gate: registers a session exactly while the chain says that an active licence is linked
 * to this node. One thread asks, waits and decides; new heads of the chain wake it.
 */
@Component(
    name = DAuthConfig.PID,
    configurationPid = DAuthConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {DAuth.class, MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = DAuthConfig.class)
public final class BootGate implements DAuth, MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(BootGate.class);

  private final Configured<DAuthConfig, BootSettings> configured;
  private final Clock clock;
  private final NodeIdentity identity;
  private final OracleClient oracleClient;
  private final SessionRegistrar sessions;
  private final Gatekeeper keeper;
  private final GateThread thread;
  private final HeadWatch heads;
  private final Announcer announcer = new Announcer();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();

  private volatile BootSettings settings;
  private volatile @Nullable Licences licences;
  private volatile @Nullable OracleRegistry oracles;
  private volatile BootStatus told;
  private int turn;

  /** Closes the gate and begins to look. */
  @Activate
  public BootGate(
      BundleContext context,
      Map<String, Object> given,
      @Reference Clock clock,
      @Reference NodeIdentity identity,
      @Reference Signatures signatures) {
    this.configured = Configured.of(DAuthConfig.class, DAuthConfig.PID, context, BootSettings::of);
    this.settings = configured.begin(given);
    SecureRandom random = new SecureRandom();
    this.clock = clock;
    this.identity = identity;
    this.sessions = new SessionRegistrar(context);
    this.keeper = new Gatekeeper(identity.evmAddress(), settings.gate(), random);
    this.told = keeper.status();
    this.turn = random.nextInt(1 << 16);
    this.thread = new GateThread(clock, this::step, keeper::pause);
    this.heads = new HeadWatch(thread::wake);
    String instance = context.getProperty(Constants.FRAMEWORK_UUID);
    this.oracleClient =
        new OracleClient(identity, signatures, clock, random, instance, thread.helper());
    thread.wake();
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, next -> settings = next);
    thread.wake();
  }

  @Deactivate
  void deactivate() {
    heads.close();
    thread.close();
    sessions.end();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setChain(Chain chain) {
    heads.follow(chain);
    thread.wake();
  }

  void unsetChain(Chain chain) {
    heads.leave(chain);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLicences(Licences service) {
    licences = service;
    thread.wake();
  }

  void unsetLicences(Licences service) {
    licences = licences == service ? null : licences;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setOracles(OracleRegistry service) {
    oracles = service;
    thread.wake();
  }

  void unsetOracles(OracleRegistry service) {
    oracles = oracles == service ? null : oracles;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setEventAdmin(EventAdmin service) {
    announcer.use(service);
  }

  void unsetEventAdmin(EventAdmin service) {
    announcer.drop(service);
  }

  @Override
  public BootStatus status() {
    return keeper.status();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.gauge(
            "r1_dauth_session_held",
            "Whether the session holds, 1 or 0.",
            sessions.isHeld() ? 1 : 0),
        Metric.counter("r1_dauth_sessions_total", "Sessions begun.", (double) begun.get()),
        Metric.counter(
            "r1_dauth_failures_total",
            "Oracles asked in vain and own accounts that could not be made.",
            (double) failures.get()));
  }

  private void step() throws InterruptedException {
    keeper.use(settings.gate());
    GateStep step = keeper.see(look(), clock.instant());
    while (step instanceof GateStep.End) {
      sessions.end();
      tell();
      step = keeper.see(look(), clock.instant());
    }
    tell();
    if (step instanceof GateStep.Ask ask) {
      askOracles(ask.licence());
    } else if (step instanceof GateStep.BeginAsOracle oracle) {
      beginAsOracle(oracle.licence());
    }
    tell();
  }

  private ChainView look() {
    Licences registry = licences;
    OracleRegistry governance = oracles;
    if (registry == null || governance == null) {
      return new ChainView.Away(DAuthError.NO_CHAIN.because("The chain is not connected yet."));
    }
    try {
      Optional<Licence> active = registry.activeFor(identity.evmAddress());
      Optional<Licence> held =
          keeper
              .licence()
              .filter(id -> !active.map(Licence::id).equals(Optional.of(id)))
              .flatMap(registry::byId);
      return new ChainView.Known(active, governance.isOracle(identity.evmAddress()), held);
    } catch (RuntimeException e) {
      // A service that leaves while it is asked may fail in any way.
      return new ChainView.Away(
          DAuthError.CHAIN_AWAY.because("The chain does not answer: " + e.getMessage() + ".", e));
    }
  }

  private void askOracles(Licence licence) throws InterruptedException {
    BootSettings now = settings;
    R1Exception failure =
        DAuthError.NO_ENDPOINT.because("This node knows no oracle that it could ask.");
    for (int i = 0; i < now.urls().size(); i++) {
      URI url = now.urls().get(Math.floorMod(turn++, now.urls().size()));
      try {
        begin(licence, Role.EDGE, oracleClient.ask(url, now, this::isOracle));
        return;
      } catch (R1Exception e) {
        failures.incrementAndGet();
        LOG.info("No account from {}: {}", url, e.describe());
        failure = failure instanceof AnswerReader.Refusal ? failure : e;
        if (isSecondInstance(e)) {
          // Another oracle may not have heard the first one; that makes this one no less second.
          failure = e;
          break;
        }
      }
    }
    keeper.failed(failure, failure instanceof AnswerReader.Refusal, clock.instant());
  }

  private static boolean isSecondInstance(R1Exception refusal) {
    return refusal.code().equals(DAuthError.SECOND_INSTANCE.code());
  }

  private boolean isOracle(EvmAddress signer) {
    OracleRegistry governance = oracles;
    if (governance == null) {
      throw DAuthError.CHAIN_AWAY.because("The chain left while an oracle answered.");
    }
    return governance.isOracle(signer);
  }

  private void beginAsOracle(Licence licence) throws InterruptedException {
    Optional<R1Exception> first = anotherInstance();
    if (first.isPresent()) {
      keeper.failed(first.get(), true, clock.instant());
      return;
    }
    try {
      BrokerAccount account =
          settings.broker().get().account(identity.address(), BrokerCredential.Role.ORACLE, turn++);
      begin(licence, Role.ORACLE, account);
    } catch (R1Exception e) {
      failures.incrementAndGet();
      keeper.failed(e, false, clock.instant());
    }
  }

  /**
   * What the first peer that answers says of another process with this oracle's key. Only that: an
   * oracle boots from the chain alone, so peers who are away or say anything else do not matter.
   */
  private Optional<R1Exception> anotherInstance() throws InterruptedException {
    BootSettings now = settings;
    for (URI url : now.urls()) {
      try {
        oracleClient.ask(url, now, this::isPeer);
        return Optional.empty();
      } catch (R1Exception e) {
        if (isSecondInstance(e)) {
          return Optional.of(e);
        }
        LOG.debug("{} does not know of another instance: {}", url, e.describe());
      }
    }
    return Optional.empty();
  }

  private boolean isPeer(EvmAddress signer) {
    return !signer.equals(identity.evmAddress()) && isOracle(signer);
  }

  private void begin(Licence licence, Role role, BrokerAccount account) {
    keeper.began(licence, role, clock.instant());
    sessions.begin(role, licence.id(), account, clock.instant());
    begun.incrementAndGet();
  }

  /** Tells operators of a change, once. That a session holds on without the chain is no event. */
  private void tell() {
    BootStatus status = keeper.status();
    BootStatus before = told;
    told = status;
    boolean authorised = status.stage() == BootStatus.Stage.AUTHORISED;
    if (status.stage() == before.stage() && status.code().equals(before.code())) {
      return;
    }
    LOG.info("{} {}", status.code().map(ErrorCode::text).orElse(""), status.reason());
    if (authorised && before.stage() != BootStatus.Stage.AUTHORISED) {
      announcer.post(
          NodeEvents.SESSION_STARTED, status.reason(), Optional.empty(), Optional.empty());
    } else if (!authorised && status.code().filter(BootGate::isNews).isPresent()) {
      announcer.post(NodeEvents.SESSION_REFUSED, status.reason(), status.code(), Optional.empty());
    }
  }

  /** At every boot the gate is there before the chain is. */
  private static boolean isNews(ErrorCode code) {
    return !code.equals(DAuthError.NO_CHAIN.code());
  }
}

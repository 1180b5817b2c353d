package ai.ratio1.rest.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Heartbeat;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Session;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Door;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.rest.internal.core.EventRing;
import ai.ratio1.settings.Configured;
import ai.ratio1.settings.Refusals;
import ai.ratio1.transport.Transport;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
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
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;

/** Opens the doors of the REST face and keeps the latest events for them. */
@Component(
    name = RestConfig.PID,
    configurationPid = RestConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = RestConfig.class)
public final class RestFace implements EventHandler, NodeServices, ConfigurableComponent {

  private static final ErrorCode INVALID = new ErrorCode("R1-REST-001");
  private static final String TIME = "timestamp";

  private final Configured<RestConfig, RestConfig> configured;
  private final BundleContext context;
  private final Clock clock;
  private final Survey survey;
  private final List<ServiceRegistration<?>> offered = new ArrayList<>();
  private volatile RestConfig config;
  private volatile EventRing events;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable NodeIdentity identity;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Signatures signatures;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable DAuth dauth;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Session session;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Transport transport;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Chain chain;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Licences licences;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Epochs epochs;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Agreement agreement;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Heartbeat heartbeat;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AvailabilityLedger ledger;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable CapabilityLedger capabilities;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Refusals refusals;

  /**
   * Checks the configuration.
   *
   * @throws R1Exception {@code R1-REST-001} when it is wrong
   */
  @Activate
  public RestFace(BundleContext context, Map<String, Object> given, @Reference Clock clock) {
    this.context = context;
    this.clock = clock;
    this.configured = Configured.of(RestConfig.class, RestConfig.PID, context, RestFace::checked);
    this.config = configured.begin(given);
    this.events = ring();
    this.survey = new Survey(context, clock, this);
  }

  @Activate
  void open() {
    Routes routes = new Routes(this, survey, () -> events, () -> config.alias(), clock);
    for (Door door : routes.doors()) {
      offered.add(context.registerService(Door.class, door, null));
    }
    // By hand: Event Admin and Declarative Services lock each other out when the properties of a
    // component change, as its configuration does, while an event is on its way to it.
    offered.add(
        context.registerService(
            EventHandler.class,
            this,
            FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, NodeEvents.ALL))));
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(RestConfig changed) {
    boolean resized = changed.events_kept() != config.events_kept();
    config = changed;
    events = resized ? ring() : events;
  }

  @Deactivate
  void close() {
    offered.forEach(ServiceRegistration::unregister);
  }

  @Override
  public void handleEvent(Event event) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : event.getPropertyNames()) {
      if (!name.equals(EventConstants.EVENT_TOPIC)) {
        properties.put(name, event.getProperty(name));
      }
    }
    if (event.getTopic().equals(NodeEvents.FIRST_BEAT)) {
      survey.firstBeat(clock.instant());
    }
    properties.remove(TIME);
    events.add(event.getTopic(), clock.instant(), properties);
  }

  @Override
  public Optional<NodeIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  @Override
  public Optional<Signatures> signatures() {
    return Optional.ofNullable(signatures);
  }

  @Override
  public Optional<DAuth> dauth() {
    return Optional.ofNullable(dauth);
  }

  @Override
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  @Override
  public Optional<Transport> transport() {
    return Optional.ofNullable(transport);
  }

  @Override
  public Optional<Chain> chain() {
    return Optional.ofNullable(chain);
  }

  @Override
  public Optional<Licences> licences() {
    return Optional.ofNullable(licences);
  }

  @Override
  public Optional<Epochs> epochs() {
    return Optional.ofNullable(epochs);
  }

  @Override
  public Optional<Agreement> agreement() {
    return Optional.ofNullable(agreement);
  }

  @Override
  public Optional<Heartbeat> heartbeat() {
    return Optional.ofNullable(heartbeat);
  }

  @Override
  public Optional<AvailabilityLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  @Override
  public Optional<CapabilityLedger> capabilities() {
    return Optional.ofNullable(capabilities);
  }

  @Override
  public Optional<Refusals> refusals() {
    return Optional.ofNullable(refusals);
  }

  private EventRing ring() {
    return new EventRing(config.events_kept(), Long.toHexString(new SecureRandom().nextLong()));
  }

  private static RestConfig checked(RestConfig config) {
    boolean alias = config.alias().matches("[\\x20-\\x7e]{1,64}");
    if (!alias || config.events_kept() < 10 || config.events_kept() > 100_000) {
      throw new R1Exception(
          INVALID,
          "alias or events.kept is not usable.",
          "Set alias to 1 to 64 printable ASCII characters, events.kept to 10 to 100000.");
    }
    return config;
  }
}

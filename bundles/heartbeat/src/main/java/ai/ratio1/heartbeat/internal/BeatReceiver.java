package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Presence;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Licences;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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

/**
 * Counts on an oracle who was seen when. Transport, chain and licences may come and go; what was
 * known of them last is used meanwhile.
 */
@Component(
    name = BeatReceiver.PID,
    configurationPid = BeatReceiver.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      AvailabilityLedger.class,
      Liveness.class,
      CapabilityLedger.class,
      MetricSource.class,
      ConfigurableComponent.class
    })
@Designate(ocd = LedgerConfig.class)
public final class BeatReceiver
    implements AvailabilityLedger,
        Liveness,
        CapabilityLedger,
        MetricSource,
        Reception.Neighbours,
        ConfigurableComponent {

  static final String PID = "ai.ratio1.heartbeat.ledger";

  private final Configured<LedgerConfig, LedgerSettings> configured;
  private final Path file;
  private final NodeIdentity identity;
  private final Signatures signatures;
  private final Clock clock;
  private final Announcer announcer;
  private volatile Reception reception;
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
  private volatile @Nullable EpochLedger epochs;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Licences licences;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventAdmin eventAdmin;

  /**
   * Checks the configuration.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-001} when it is wrong
   */
  @Activate
  public BeatReceiver(
      Map<String, Object> given,
      BundleContext context,
      @Reference(target = "(" + Session.ROLE + "=ORACLE)") Session session,
      @Reference NodeIdentity identity,
      @Reference Signatures signatures,
      @Reference Clock clock) {
    this.file = Codes.dataFolder(context).resolve("heartbeat").resolve("slots.mv");
    this.identity = identity;
    this.signatures = signatures;
    this.clock = clock;
    this.announcer = new Announcer(() -> Optional.ofNullable(eventAdmin), clock);
    this.configured = Configured.of(LedgerConfig.class, PID, context, LedgerSettings::of);
    this.reception = reception(configured.begin(given));
  }

  @Activate
  void start() {
    reception.start();
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(LedgerSettings settings) {
    Reception next = reception(settings);
    reception.close();
    reception = next;
    next.start();
  }

  @Deactivate
  void stop() {
    reception.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setTransport(Transport arrived) {
    transport = arrived;
    reception.wake();
  }

  void unsetTransport(Transport left) {
    if (transport == left) {
      transport = null;
      reception.wake();
    }
  }

  @Override
  public Map<EvmAddress, Presence> presence(long epoch) {
    return reception.presence(epoch);
  }

  @Override
  public Map<EvmAddress, Presence> freeze(long epoch) {
    return reception.freeze(epoch);
  }

  @Override
  public List<AnchorContradiction> contradictions() {
    return reception.contradictions();
  }

  @Override
  public Duration clockOffset() {
    return reception.clockOffset();
  }

  @Override
  public Optional<Sighting> lastSeen(EvmAddress node) {
    return reception.lastSeen(node);
  }

  @Override
  public List<Sighting> sightings() {
    return reception.sightings();
  }

  @Override
  public Optional<CapabilityFinding> finding(long epoch, EvmAddress node) {
    return reception.examination().finding(epoch, node);
  }

  @Override
  public Optional<byte[]> evidence(long epoch, EvmAddress node) {
    return reception.examination().evidence(epoch, node);
  }

  @Override
  public List<Metric> metrics() {
    return reception.metrics();
  }

  @Override
  public @Nullable Transport transport() {
    return transport;
  }

  @Override
  public Optional<Chain> chain() {
    return Optional.ofNullable(chain);
  }

  @Override
  public Optional<EpochLedger> epochs() {
    return Optional.ofNullable(epochs);
  }

  @Override
  public Optional<Licences> licences() {
    return Optional.ofNullable(licences);
  }

  private Reception reception(LedgerSettings settings) {
    return new Reception(settings, file, this, identity.evmAddress(), signatures, clock, announcer);
  }
}

package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.Heartbeat;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.heartbeat.internal.core.BeatChain;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.heartbeat.internal.core.BeatMaker;
import ai.ratio1.heartbeat.internal.core.BeatTimes;
import ai.ratio1.heartbeat.internal.core.NodeProfile;
import ai.ratio1.heartbeat.internal.core.SentSlots;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.Transport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

/**
 * Proves that this node is alive, for as long as it has a session. Transport and chain may come and
 * go: beats wait for the first and go on without the second.
 */
@Component(
    name = HeartbeatEmitter.PID,
    configurationPid = HeartbeatEmitter.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = HeartbeatConfig.class)
public final class HeartbeatEmitter implements Heartbeat, MetricSource, ConfigurableComponent {

  static final String PID = "ai.ratio1.heartbeat";

  private final Configured<HeartbeatConfig, EmitterSettings> configured;
  private final Session session;
  private final NodeIdentity identity;
  private final Clock clock;
  private final Path data;
  private final String instance;
  private final Announcer announcer;
  private final AtomicBoolean first = new AtomicBoolean(true);
  private final SentSlots sent = new SentSlots();
  private EmitterSettings settings;
  private @Nullable BeaconFollower follower;
  private volatile @Nullable BeatSource source;

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
  private volatile @Nullable EpochLedger epochs;

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
  public HeartbeatEmitter(
      Map<String, Object> given,
      BundleContext context,
      @Reference Session session,
      @Reference NodeIdentity identity,
      @Reference Clock clock) {
    this.configured = Configured.of(HeartbeatConfig.class, PID, context, EmitterSettings::of);
    this.settings = configured.begin(given);
    this.session = session;
    this.identity = identity;
    this.clock = clock;
    this.data = Codes.dataFolder(context);
    this.instance = context.getProperty(Constants.FRAMEWORK_UUID);
    this.announcer = new Announcer(() -> Optional.ofNullable(eventAdmin), clock);
  }

  @Activate
  void start() {
    BeaconFollower started =
        new BeaconFollower(
            "r1-heartbeat-beacon",
            () -> Optional.ofNullable(chain),
            () -> Optional.ofNullable(epochs),
            clock,
            announcer);
    started.start(settings.chainPoll());
    BeatSource beats = source(started);
    beats.start();
    follower = started;
    source = beats;
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(
        given,
        next -> {
          settings = next;
          stop();
          start();
        });
  }

  @Deactivate
  void stop() {
    BeatSource beats = source;
    if (beats != null) {
      beats.close();
    }
    if (follower != null) {
      follower.close();
    }
  }

  @Override
  public Optional<Instant> lastSent() {
    BeatSource beats = source;
    return beats == null ? Optional.empty() : beats.lastSent();
  }

  @Override
  public Optional<Presence> sent(long epoch) {
    return sent.of(epoch);
  }

  @Override
  public List<Metric> metrics() {
    BeatSource beats = source;
    return beats == null ? List.of() : beats.metrics();
  }

  private BeatSource source(BeaconFollower beacons) {
    SecureRandom random = new SecureRandom();
    MachineProbe probe = new MachineProbe(data, settings.machineAddress());
    BeatComposer composer =
        new BeatComposer(
            profile(), identity, beacons.book(), probe::look, settings.statusAge(), random);
    BeatTimes times = new BeatTimes(settings.period(), identity.evmAddress(), random);
    BeatMaker maker =
        new BeatMaker(
            composer,
            new BeatChain(identity, beacons.book()),
            beacons::network,
            settings.period(),
            settings.full());
    return new BeatSource(
        () -> Optional.ofNullable(transport),
        maker,
        sent,
        times,
        beacons,
        settings,
        first,
        clock,
        announcer);
  }

  private NodeProfile profile() {
    return new NodeProfile(
        identity.address(),
        settings.alias(),
        session.role() == Role.ORACLE,
        settings.period(),
        settings.whitelist(),
        settings.versions().get(0),
        settings.versions().get(1),
        settings.versions().get(2),
        instance);
  }
}

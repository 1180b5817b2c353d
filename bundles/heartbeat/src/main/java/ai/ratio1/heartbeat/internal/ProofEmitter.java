package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.dauth.Session;
import ai.ratio1.hardware.Gpus;
import ai.ratio1.hardware.HardwareFacts;
import ai.ratio1.heartbeat.internal.core.ClaimRule;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.Transport;
import java.time.Clock;
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
 * Proves what this node claims to have. Without facts about the machine and without a profile in
 * its configuration it claims nothing.
 */
@Component(
    name = ProofEmitter.PID,
    configurationPid = ProofEmitter.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = ProofConfig.class)
public final class ProofEmitter implements MetricSource, ConfigurableComponent {

  static final String PID = "ai.ratio1.heartbeat.proof";

  private final Configured<ProofConfig, ProofSettings> configured;
  private final NodeIdentity identity;
  private final Clock clock;
  private final Announcer announcer;
  private final GpuProver gpus;
  private ProofSettings settings;
  private @Nullable BeaconFollower follower;
  private volatile @Nullable ProofSource source;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable HardwareFacts facts;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Gpus machineGpus;

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
   * Checks the configuration. The session is awaited: without one nobody takes a proof.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-001} when it is wrong
   */
  @Activate
  public ProofEmitter(
      Map<String, Object> given,
      BundleContext context,
      @Reference Session session,
      @Reference NodeIdentity identity,
      @Reference Clock clock) {
    this.configured = Configured.of(ProofConfig.class, PID, context, ProofSettings::of);
    this.settings = configured.begin(given);
    this.identity = identity;
    this.clock = clock;
    this.announcer = new Announcer(() -> Optional.ofNullable(eventAdmin), clock);
    this.gpus = new MachineGpus(() -> Optional.ofNullable(machineGpus), clock);
  }

  @Activate
  void start() {
    if (!settings.enabled()) {
      return;
    }
    BeaconFollower beacons =
        new BeaconFollower(
            "r1-heartbeat-proof-beacon",
            () -> Optional.ofNullable(chain),
            () -> Optional.ofNullable(epochs),
            clock,
            announcer);
    beacons.start(settings.chainPoll());
    ProofSource proofs =
        new ProofSource(
            () -> Optional.ofNullable(transport),
            this::claim,
            gpus,
            identity,
            beacons,
            settings.topics().proofs(),
            clock,
            announcer);
    proofs.start();
    follower = beacons;
    source = proofs;
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(
        given,
        next -> {
          stop();
          settings = next;
          start();
        });
  }

  @Deactivate
  void stop() {
    ProofSource proofs = source;
    if (proofs != null) {
      proofs.close();
      source = null;
    }
    if (follower != null) {
      follower.close();
      follower = null;
    }
  }

  @Override
  public List<Metric> metrics() {
    ProofSource proofs = source;
    return proofs == null ? List.of() : proofs.metrics();
  }

  private Optional<CapabilityClaim> claim() {
    return ClaimRule.claim(
        Optional.ofNullable(facts).map(HardwareFacts::report),
        settings.profile(),
        settings.cores(),
        Runtime.getRuntime().availableProcessors(),
        settings.gpus(),
        this::provable);
  }

  private int provable(String profile, int usable) {
    return ProofBudgets.ofRelease()
        .find(profile)
        .filter(budget -> budget.gpuStepsPerMilli() > 0)
        .map(budget -> gpus.count(usable))
        .orElse(0);
  }
}

package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.Rewards;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.settings.Configured;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
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
 * The epochs of an oracle. Lives as long as the oracle's session; every other service may come and
 * go, and what was under way is taken up again when it is back.
 */
@Component(
    name = OracleSync.PID,
    configurationPid = OracleSync.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      Epochs.class,
      CertificateListener.class,
      MetricSource.class,
      ConfigurableComponent.class
    })
@Designate(ocd = OracleSyncConfig.class)
public final class OracleSync
    implements Epochs, CertificateListener, MetricSource, Neighbours, ConfigurableComponent {

  static final String PID = "ai.ratio1.oraclesync";

  private final Configured<OracleSyncConfig, Settings> configured;
  private final Path file;
  private final NodeIdentity identity;
  private final Clock clock;
  private final Announcer announcer;
  private final History history =
      new History((epoch, nodes) -> worker().ask(open -> open.agreed(epoch, nodes)));
  private volatile Worker worker;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Agreement agreement;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AvailabilityLedger ledger;

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
  private volatile @Nullable OracleRegistry oracles;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EpochLedger epochLedger;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Rewards rewards;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventAdmin eventAdmin;

  /**
   * Checks the configuration.
   *
   * @throws R1Exception {@code R1-ORACLESYNC-001} when it is wrong
   */
  @Activate
  public OracleSync(
      Map<String, Object> given,
      BundleContext context,
      @Reference(target = "(" + Session.ROLE + "=ORACLE)") Session session,
      @Reference NodeIdentity identity,
      @Reference Clock clock) {
    String folder = context.getProperty("r1.data");
    if (folder == null || folder.isBlank()) {
      throw new R1Exception(
          Codes.CONFIGURATION,
          "The framework property r1.data is not set.",
          "Set it to the node's data folder.");
    }
    this.file = Path.of(folder, "oraclesync", "epochs.mv");
    this.identity = identity;
    this.clock = clock;
    this.announcer = new Announcer(() -> Optional.ofNullable(eventAdmin), clock);
    this.configured = Configured.of(OracleSyncConfig.class, PID, context, Settings::of);
    this.worker = worker(configured.begin(given));
  }

  @Activate
  void start() {
    worker.start();
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(Settings settings) {
    Worker next = worker(settings);
    worker.close();
    worker = next;
    next.start();
  }

  @Deactivate
  void stop() {
    worker.close();
  }

  private Worker worker() {
    return worker;
  }

  private Worker worker(Settings settings) {
    return new Worker(settings, file, this, identity.evmAddress(), clock, announcer);
  }

  @Override
  public long current() {
    return worker.current();
  }

  @Override
  public long newestCertified() {
    return worker.epochs().map(Open::newestCertified).orElse(-1L);
  }

  @Override
  public Optional<EpochReport> report(long epoch) {
    return worker.ask(open -> open.report(epoch, current()));
  }

  @Override
  public List<EpochReport> latest(int count) {
    long newest = current();
    return LongStream.iterate(newest, epoch -> epoch >= 0 && epoch > newest - count, e -> e - 1)
        .mapToObj(this::report)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public Optional<AvailabilityHistory> availability(Set<EvmAddress> nodes, long first, long last) {
    if (first < 0 || first > last || last > newestCertified()) {
      return Optional.empty();
    }
    return history.read(Set.copyOf(nodes), first, last);
  }

  @Override
  public Optional<ClaimProof> claim(LicenceId licence) {
    return worker.ask(open -> open.claim(licence));
  }

  @Override
  public Optional<byte[]> artefacts(long epoch) {
    // Written by whoever asks: the thread that owns the store has rounds to look after.
    return worker.ask(open -> open.artefacts(epoch)).map(ArtefactsJson::write);
  }

  @Override
  public Optional<SlotProof> slots(long epoch, EvmAddress node) {
    return worker.ask(open -> open.slots(epoch, node));
  }

  @Override
  public void certified(SignedCertificate certificate) {
    worker.wake();
  }

  @Override
  public List<Metric> metrics() {
    return worker.epochs().map(Open::metrics).orElse(List.of());
  }

  @Override
  public Optional<Agreement> agreement() {
    return Optional.ofNullable(agreement);
  }

  @Override
  public Optional<AvailabilityLedger> ledger() {
    return Optional.ofNullable(ledger);
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
  public Optional<OracleRegistry> oracles() {
    return Optional.ofNullable(oracles);
  }

  @Override
  public Optional<EpochLedger> epochLedger() {
    return Optional.ofNullable(epochLedger);
  }

  @Override
  public Optional<Rewards> rewards() {
    return Optional.ofNullable(rewards);
  }
}

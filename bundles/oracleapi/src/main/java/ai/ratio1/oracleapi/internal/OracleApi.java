package ai.ratio1.oracleapi.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.Session;
import ai.ratio1.http.Door;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.settings.Configured;
import java.time.Clock;
import java.util.ArrayList;
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
import org.osgi.service.metatype.annotations.Designate;

/** Opens the doors of the oracle interface: they are there while this node is an oracle. */
@Component(
    name = OracleApiConfig.PID,
    configurationPid = OracleApiConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = OracleApiConfig.class)
public final class OracleApi implements Neighbours, ConfigurableComponent {

  private final Configured<OracleApiConfig, Settings> configured;
  private final BundleContext context;
  private final Server server;
  private final List<ServiceRegistration<Door>> doors = new ArrayList<>();
  private volatile Settings settings;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Epochs epochs;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Liveness liveness;

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

  /**
   * Checks the configuration.
   *
   * @throws R1Exception {@code R1-ORACLEAPI-001} when it is wrong
   */
  @Activate
  public OracleApi(
      Map<String, Object> given,
      BundleContext context,
      @Reference Clock clock,
      @Reference NodeIdentity identity,
      @Reference Signatures signatures,
      @Reference(target = "(" + Session.ROLE + "=ORACLE)") Session session) {
    this.context = context;
    this.configured =
        Configured.of(OracleApiConfig.class, OracleApiConfig.PID, context, Settings::of);
    this.settings = configured.begin(given);
    this.server =
        new Server(new Knowledge(this, identity), identity, signatures, clock, () -> settings);
  }

  @Activate
  void open() {
    for (Door door : server.doors()) {
      doors.add(context.registerService(Door.class, door, null));
    }
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, next -> settings = next);
  }

  @Deactivate
  void close() {
    doors.forEach(ServiceRegistration::unregister);
  }

  @Override
  public Optional<Epochs> epochs() {
    return Optional.ofNullable(epochs);
  }

  @Override
  public Optional<Liveness> liveness() {
    return Optional.ofNullable(liveness);
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
}

package ai.ratio1.identity.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Sealer;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's key as services. Without a usable key there is no service: the component fails to
 * start with a coded error, and everything that needs an identity waits.
 *
 * <p>It registers the services itself, because Declarative Services would register them before this
 * constructor has found out whether there is a key, and would leave them there when there is none.
 */
@Component(
    name = IdentityComponent.PID,
    configurationPid = IdentityComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    // On a gateway the data folder is known once there is a clock.
    reference = @Reference(name = "clock", service = Clock.class),
    service = ConfigurableComponent.class)
@Capability(
    namespace = "osgi.service",
    attribute =
        "objectClass:List<String>=\"ai.ratio1.identity.NodeIdentity,ai.ratio1.identity.Signatures,"
            + "ai.ratio1.identity.Sealer,ai.ratio1.metrics.MetricSource\"")
@Designate(ocd = IdentityConfig.class)
public final class IdentityComponent
    implements NodeIdentity, Signatures, Sealer, MetricSource, ConfigurableComponent {

  /** Name and PID of the component. */
  public static final String PID = "ai.ratio1.identity";

  private static final String DATA = "r1.data";
  private static final Logger LOG = LoggerFactory.getLogger(IdentityComponent.class);

  private static final String[] SERVICES = {
    NodeIdentity.class.getName(),
    Signatures.class.getName(),
    Sealer.class.getName(),
    MetricSource.class.getName()
  };

  private final Configured<IdentityConfig, Settings> configured;
  private final AtomicBoolean announced = new AtomicBoolean(true);
  private volatile Parts parts;
  private @Nullable ServiceRegistration<?> registration;

  /**
   * Loads the key, or makes one in an empty folder.
   *
   * @throws R1Exception with the code of what is wrong
   */
  @Activate
  public IdentityComponent(BundleContext context, Map<String, Object> given) {
    SecureRandom random = new SecureRandom();
    try {
      Path data = dataFolder(context);
      KeyFile file = new KeyFile(data.resolve("identity"));
      configured =
          Configured.of(IdentityConfig.class, PID, context, config -> Settings.of(config, data));
      Settings settings = configured.begin(given);
      var curve = settings.engine().start(() -> new NativeCurve(random));
      try {
        KeyFile.Loaded loaded = file.load(settings.passwordFile(), curve, random);
        parts = Parts.of(curve, new NodeKey(curve, loaded.secret()), settings, random);
        announced.set(!loaded.created());
        leaveTrace(file);
      } catch (RuntimeException e) {
        curve.close();
        throw e;
      }
    } catch (R1Exception e) {
      LOG.error("The node has no identity. {}", e.describe());
      throw e;
    }
    LOG.info(
        "This is {} with {} key, engine {}.",
        address(),
        announced.get() ? "its" : "a new",
        engine());
  }

  /** Offers the services. */
  @Activate
  void activate(BundleContext context) {
    registration = context.registerService(SERVICES, this, null);
  }

  /** Takes new settings; wrong ones are refused and the last good ones stay. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(Settings settings) {
    Parts old = parts;
    SecureRandom random = new SecureRandom();
    var curve = settings.engine().start(() -> new NativeCurve(random));
    parts = Parts.of(curve, old.key().on(curve), settings, random);
    old.curve().close();
    LOG.info("Signatures are made and checked by {}.", engine());
  }

  /** Withdraws the services and forgets the key. */
  @Deactivate
  void deactivate() {
    if (registration != null) {
      registration.unregister();
    }
    parts.key().destroy();
    parts.curve().close();
  }

  /** Says that the node is new, as soon as there is somebody to say it to. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEvents(EventAdmin events) {
    if (announced.compareAndSet(false, true)) {
      String message = "A new key was made; the address is " + address() + ".";
      events.postEvent(new Event(NodeEvents.KEY_CREATED, Map.of(NodeEvents.MESSAGE, message)));
    }
  }

  void unbindEvents(EventAdmin events) {
    // It is used once, when it comes.
  }

  private void leaveTrace(KeyFile file) {
    try {
      if (file.writeAddresses(parts.key())) {
        LOG.warn("The data folder belonged to another key before: this is {} now.", parts.key());
      }
    } catch (IOException e) {
      throw IdentityError.FOLDER.failure("The node's addresses could not be stored: " + e, e);
    }
  }

  private static Path dataFolder(BundleContext context) {
    String data = context.getProperty(DATA);
    try {
      if (data != null && !data.isBlank()) {
        return Path.of(data).toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      throw IdentityError.FOLDER.failure("r1.data is no path: " + data, e);
    }
    throw IdentityError.FOLDER.failure("The framework property r1.data is not set.");
  }

  @Override
  public NodeAddress address() {
    return parts.key().address();
  }

  @Override
  public EvmAddress evmAddress() {
    return parts.key().evmAddress();
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    return parts.key().sign(digest);
  }

  @Override
  public byte[] signRecoverable(Bytes32 digest) {
    return parts.key().signRecoverable(digest);
  }

  @Override
  public Bytes32 derive(String purpose, byte[] context) {
    return parts.key().derive(purpose, context);
  }

  @Override
  public boolean verify(NodeAddress signer, Bytes32 digest, byte[] der) {
    return parts.signatures().verify(signer, digest, der);
  }

  @Override
  public Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    return parts.signatures().recover(digest, signature);
  }

  @Override
  public EvmAddress evmAddress(NodeAddress address) {
    return parts.signatures().evmAddress(address);
  }

  @Override
  public Optional<NodeAddress> parse(String text) {
    return parts.signatures().parse(text);
  }

  @Override
  public String engine() {
    return parts.signatures().engine();
  }

  @Override
  public String seal(String plainText, NodeAddress receiver) {
    return parts.sealer().seal(plainText, receiver);
  }

  @Override
  public String seal(String plainText, List<NodeAddress> receivers) {
    return parts.sealer().seal(plainText, receivers);
  }

  @Override
  public Optional<String> open(String sealed, NodeAddress sender) {
    return parts.sealer().open(sealed, sender);
  }

  @Override
  public List<Metric> metrics() {
    return parts.metrics();
  }
}

package ai.ratio1.rest.internal;

import ai.ratio1.availability.Heartbeat;
import ai.ratio1.chain.Chain;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.rest.internal.core.Network;
import ai.ratio1.rest.internal.core.StatusFacts;
import ai.ratio1.settings.Refusals;
import ai.ratio1.transport.Transport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Collects what the services say now. A service that leaves while it is asked counts as gone. */
final class Survey {

  private static final String HARDWARE_NAMESPACES = "ratio1.hw.";

  private final BundleContext context;
  private final Clock clock;
  private final Instant started;
  private final NodeServices services;
  private final NetworkMemo network;
  private volatile Optional<Instant> firstBeat = Optional.empty();

  Survey(BundleContext context, Clock clock, NodeServices services) {
    this.context = context;
    this.clock = clock;
    this.started = clock.instant();
    this.services = services;
    this.network = new NetworkMemo(clock);
  }

  /** The event said that the first beat left; the service says so too where there is one. */
  void firstBeat(Instant time) {
    firstBeat = Optional.of(time);
  }

  Optional<Network> network() {
    return network.of(services.chain().orElse(null));
  }

  StatusFacts look(String alias) {
    Optional<StatusFacts.Held> session = session();
    return new StatusFacts(
        clock.instant(),
        started,
        alias,
        identity(),
        services.dauth().map(DAuth::status),
        session,
        services.transport().map(Transport::status),
        network(),
        services.chain().map(Chain::head),
        services.chain().map(Chain::finalised),
        services.epochs().map(Epochs::newestCertified),
        lastBeat(session),
        versions(),
        bundles(),
        settingsRefused());
  }

  private Optional<StatusFacts.Identity> identity() {
    Optional<NodeIdentity> identity = services.identity();
    return identity.map(
        who ->
            new StatusFacts.Identity(
                who.address(), who.evmAddress(), services.signatures().map(Signatures::engine)));
  }

  private Optional<StatusFacts.Held> session() {
    return services.session().map(s -> new StatusFacts.Held(s.role(), s.licence(), s.since()));
  }

  private Optional<Instant> lastBeat(Optional<StatusFacts.Held> session) {
    Optional<Instant> sent = services.heartbeat().flatMap(Heartbeat::lastSent);
    return sent.or(() -> firstBeat)
        .filter(beat -> session.isPresent() && !beat.isBefore(session.get().since()));
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("product", context.getBundle().getVersion().toString());
    versions.put("framework", property(Constants.FRAMEWORK_VENDOR));
    versions.put("java", Runtime.version().toString());
    versions.put(
        "system",
        property(Constants.FRAMEWORK_OS_NAME) + " " + property(Constants.FRAMEWORK_PROCESSOR));
    return versions;
  }

  private String property(String name) {
    return String.valueOf(context.getProperty(name));
  }

  private List<StatusFacts.BundleState> bundles() {
    List<StatusFacts.BundleState> states = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      boolean healthy =
          bundle.getState() == (fragment ? Bundle.RESOLVED : Bundle.ACTIVE)
              || bundle.getState() == Bundle.STARTING
              || isAboutHardware(bundle);
      states.add(
          new StatusFacts.BundleState(
              String.valueOf(bundle.getSymbolicName()),
              bundle.getVersion().toString(),
              state(bundle.getState()),
              healthy));
    }
    return states;
  }

  /** Such a bundle has nothing to start, or comes and goes with its device. */
  private static boolean isAboutHardware(Bundle bundle) {
    Dictionary<String, String> headers = bundle.getHeaders();
    return (headers.get(Constants.REQUIRE_CAPABILITY) + headers.get(Constants.PROVIDE_CAPABILITY))
        .contains(HARDWARE_NAMESPACES);
  }

  private List<StatusFacts.SettingsRefused> settingsRefused() {
    return services.refusals().map(Refusals::now).orElse(Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(refusal -> new StatusFacts.SettingsRefused(refusal.getKey(), refusal.getValue()))
        .toList();
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.ACTIVE -> "ACTIVE";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.INSTALLED -> "INSTALLED";
      default -> "UNINSTALLED";
    };
  }
}

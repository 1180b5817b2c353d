package ai.ratio1.hardware.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.internal.core.Publication;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again, and lets the framework follow. One thread at a time. */
final class HardwareWatch {

  private static final Logger LOG = LoggerFactory.getLogger(HardwareWatch.class);

  /** Header of a profile's bundle: where the profile lies in it. */
  private static final String PROFILE_HEADER = "Ratio1-Hardware-Profile";

  private final BundleContext context;
  private final Path root;
  private final NvmlSession nvml;
  private final FactBundles facts;
  private final Dependants dependants;

  HardwareWatch(BundleContext context, Path root, NvmlSession nvml) {
    this.context = context;
    this.root = root;
    this.nvml = nvml;
    this.facts = new FactBundles(context);
    this.dependants = new Dependants(context);
  }

  /** Whether a bundle matters here: it brings a profile, or requires something of the machine. */
  static boolean concerns(Bundle bundle) {
    return bundle.getState() == Bundle.UNINSTALLED
        ? bundle.getHeaders("").get(PROFILE_HEADER) != null
        : bundle.getHeaders("").get(PROFILE_HEADER) != null || Dependants.isOne(bundle);
  }

  /** Looks once and publishes what it saw. */
  HardwareReport look(Duration patience) {
    HardwareReport report = MachineProbe.look(root, nvml, patience, profiles());
    publish(Publication.of(report));
    return report;
  }

  private synchronized void publish(SortedMap<String, String> headers) {
    List<Bundle> outdated = facts.outdated(headers);
    dependants.stopUsersOf(outdated);
    facts.publish(headers);
    if (outdated.isEmpty()) {
      dependants.startAll();
      return;
    }
    Bundle system = Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_ID));
    // Whoever was wired to what is gone is wired anew, or not at all.
    system.adapt(FrameworkWiring.class).refreshBundles(outdated, event -> dependants.startAll());
  }

  /** Starts what has to wait for its start level. */
  void startDependants() {
    dependants.startAll();
  }

  private List<HardwareProfile> profiles() {
    List<HardwareProfile> profiles = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      String entry = bundle.getHeaders("").get(PROFILE_HEADER);
      if (entry != null) {
        add(bundle.getEntry(entry), bundle, profiles);
      }
    }
    return profiles;
  }

  private static void add(@Nullable URL entry, Bundle bundle, List<HardwareProfile> profiles) {
    try {
      if (entry == null) {
        LOG.error("{} lacks the profile it announces.", bundle.getSymbolicName());
      } else {
        profiles.add(MachineProbe.profile(entry));
      }
    } catch (R1Exception e) {
      LOG.error("{}", e.describe());
    }
  }
}

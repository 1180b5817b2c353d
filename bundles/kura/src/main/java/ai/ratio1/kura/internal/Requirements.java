package ai.ratio1.kura.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.AbstractWiringNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;

/** Looks up what keeps a bundle from being resolved; asking resolves and starts nothing. */
final class Requirements {

  /** Namespaces of what a machine has; the bundle hardware gives capabilities of these. */
  private static final String HARDWARE = "ratio1.hw.";

  private final FrameworkWiring framework;

  Requirements(FrameworkWiring framework) {
    this.framework = framework;
  }

  /** Whether a bundle tells of a device or is made for one, and lacks nothing but the device. */
  boolean isAboutHardware(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    boolean hardware =
        revision.getDeclaredRequirements(null).stream().anyMatch(Requirements::isHardware)
            || revision.getDeclaredCapabilities(null).stream()
                .anyMatch(given -> given.getNamespace().startsWith(HARDWARE));
    return hardware && unmet(bundle).stream().allMatch(Requirements::isHardware);
  }

  /** What nobody provides, or only bundles that are not resolved themselves; one line each. */
  List<String> missing(Bundle bundle) {
    List<String> lines = new ArrayList<>();
    for (Requirement requirement : unmet(bundle)) {
      Collection<BundleCapability> providers = framework.findProviders(requirement);
      String wanted = requirement.getNamespace() + " " + filter(requirement);
      lines.add(
          providers.isEmpty()
              ? wanted
              : wanted + " of " + name(providers) + ", which is not resolved itself");
    }
    return lines;
  }

  private List<Requirement> unmet(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return List.of();
    }
    return revision.getDeclaredRequirements(null).stream()
        .<Requirement>map(requirement -> requirement)
        .filter(Requirements::isMandatory)
        .filter(requirement -> framework.findProviders(requirement).stream().noneMatch(this::isUp))
        .toList();
  }

  private boolean isUp(BundleCapability capability) {
    return capability.getRevision().getWiring() != null;
  }

  private static boolean isMandatory(Requirement requirement) {
    String resolution =
        requirement
            .getDirectives()
            .getOrDefault(AbstractWiringNamespace.REQUIREMENT_RESOLUTION_DIRECTIVE, "mandatory");
    String effective =
        requirement
            .getDirectives()
            .getOrDefault(AbstractWiringNamespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "resolve");
    return resolution.equals("mandatory") && effective.equals("resolve");
  }

  private static boolean isHardware(Requirement requirement) {
    return requirement.getNamespace().startsWith(HARDWARE);
  }

  private static String filter(Requirement requirement) {
    return requirement
        .getDirectives()
        .getOrDefault(AbstractWiringNamespace.REQUIREMENT_FILTER_DIRECTIVE, "");
  }

  private static String name(Collection<BundleCapability> providers) {
    Bundle first = providers.iterator().next().getRevision().getBundle();
    return Objects.toString(first.getSymbolicName()) + " " + first.getVersion();
  }
}

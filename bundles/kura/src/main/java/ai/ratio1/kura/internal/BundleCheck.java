package ai.ratio1.kura.internal;

import ai.ratio1.kura.BundleHealth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Finds the bundles that do not run, and why. Kura calls an installation successful when none of
 * its bundles started. On the gateway's console: {@code ratio1:check}.
 */
public final class BundleCheck implements BundleHealth {

  private static final String OURS = "ai.ratio1.";

  private final BundleContext context;
  private final Requirements requirements;

  BundleCheck(BundleContext context) {
    this.context = context;
    requirements = new Requirements(context.getBundle(0).adapt(FrameworkWiring.class));
  }

  @Override
  public List<Finding> findings() {
    return down().map(bundle -> finding(bundle, reason(bundle))).toList();
  }

  /**
   * The console command: a line for each finding, or one that says that there is none. It starts
   * again what does not run, for that is the way to hear the framework's reason.
   */
  public String check() {
    List<Finding> findings = new ArrayList<>();
    for (Bundle bundle : down().toList()) {
      whyNot(bundle).ifPresent(reason -> findings.add(finding(bundle, reason)));
    }
    if (findings.isEmpty()) {
      return "Every bundle of the node is active.";
    }
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> lines.add(KuraError.BUNDLE_DOWN + ": " + finding));
    lines.add(KuraError.BUNDLE_DOWN.nextStep() + " Then check again.");
    return String.join("\n", lines);
  }

  private Stream<Bundle> down() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
        .filter(BundleCheck::isDown)
        .filter(bundle -> !requirements.isAboutHardware(bundle));
  }

  private static boolean isDown(Bundle bundle) {
    boolean ours = String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
    return bundle.getState() == Bundle.INSTALLED
        || (ours && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING);
  }

  private String reason(Bundle bundle) {
    if (bundle.getState() != Bundle.INSTALLED) {
      return "It was stopped or did not start; ratio1:check on the console starts it and says why.";
    }
    List<String> missing = requirements.missing(bundle);
    return missing.isEmpty()
        ? "Nothing is missing, but it cannot be resolved; ratio1:check on the console says why."
        : "Missing: " + String.join("; ", missing);
  }

  private static Optional<String> whyNot(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
      return Optional.empty();
    } catch (BundleException | IllegalStateException reason) {
      Throwable cause = reason.getCause() == null ? reason : reason.getCause();
      return Optional.of(String.valueOf(cause.getMessage()).strip());
    }
  }

  private static Finding finding(Bundle bundle, String reason) {
    return new Finding(
        String.valueOf(bundle.getSymbolicName()),
        bundle.getVersion().toString(),
        state(bundle.getState()),
        reason);
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STOPPING -> "STOPPING";
      default -> "UNINSTALLED";
    };
  }
}

package ai.ratio1.kura.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Finds the bundles that do not run, and why. Kura calls an installation successful when none of
 * its bundles started. On the gateway's console: {@code ratio1:check}.
 */
public final class BundleCheck {

  private static final String OURS = "ai.ratio1.";

  private final BundleContext context;

  /**
   * A bundle that does not run.
   *
   * @param name symbolic name and version
   * @param state as the OSGi constant is called
   * @param reason the framework's words, which name what is missing
   */
  public record Finding(String name, String state, String reason) {

    @Override
    public String toString() {
      return name + " is " + state + ": " + reason;
    }
  }

  BundleCheck(BundleContext context) {
    this.context = context;
  }

  /** Every unresolved bundle of the framework, and every bundle of the node that is not active. */
  public List<Finding> find() {
    List<Finding> findings = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null && isDown(bundle)) {
        whyNot(bundle).ifPresent(reason -> findings.add(finding(bundle, reason)));
      }
    }
    return findings;
  }

  /** The console command: a line for each finding, or one that says that there is none. */
  public String check() {
    List<Finding> findings = find();
    if (findings.isEmpty()) {
      return "Every bundle of the node is active.";
    }
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> lines.add(finding.toString()));
    lines.add("Install what is named, or the package that lacks it; then check again.");
    return String.join("\n", lines);
  }

  private static boolean isDown(Bundle bundle) {
    boolean ours = String.valueOf(bundle.getSymbolicName()).startsWith(OURS);
    return bundle.getState() == Bundle.INSTALLED
        || (ours && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING);
  }

  /** Starting again is the way to hear the reason; when it works, there is none any more. */
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
        bundle.getSymbolicName() + " " + bundle.getVersion(), state(bundle.getState()), reason);
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

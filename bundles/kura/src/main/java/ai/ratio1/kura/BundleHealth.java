package ai.ratio1.kura;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the bundles that do not run, without changing anything. Thread-safe. */
@ProviderType
public interface BundleHealth {

  /**
   * A bundle that does not run.
   *
   * @param name symbolic name
   * @param version its version
   * @param state as the OSGi constant is called
   * @param reason why, and what to do; one or two sentences
   */
  record Finding(String name, String version, String state, String reason) {

    @Override
    public String toString() {
      return name + " " + version + " is " + state + ": " + reason;
    }
  }

  /**
   * Every unresolved bundle of the framework, and every bundle of the node that is not active; but
   * none whose device is not on this machine.
   */
  List<Finding> findings();
}

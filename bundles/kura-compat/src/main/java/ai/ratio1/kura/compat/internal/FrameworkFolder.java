package ai.ratio1.kura.compat.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** The folder for state, as the framework's properties have it. */
final class FrameworkFolder {

  private FrameworkFolder() {}

  /**
   * The first of some properties that is set.
   *
   * @throws IllegalStateException with {@code R1-KURA-011} when none is. Not an {@code
   *     R1Exception}: on a gateway's test bench this bundle runs before the contracts are there.
   */
  static Path of(BundleContext context, String... properties) {
    for (String property : properties) {
      String folder = context.getProperty(property);
      if (folder != null && !folder.isBlank()) {
        return Path.of(folder);
      }
    }
    throw new IllegalStateException(
        "R1-KURA-011: Not set: the framework property "
            + String.join(" or ", properties)
            + ". Start the node by its launcher, or give the property to the framework.");
  }
}

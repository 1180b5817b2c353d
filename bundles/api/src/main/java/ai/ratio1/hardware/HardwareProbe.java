package ai.ratio1.hardware;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks at a machine without a framework; found by {@link java.util.ServiceLoader}. Profiles are
 * those on the class path.
 */
@ProviderType
public interface HardwareProbe {

  /**
   * Looks once. Starts no process and fails never: what cannot be read is unknown.
   *
   * @param root {@code /} for this machine, or a folder with recorded {@code proc}, {@code sys},
   *     {@code dev} and {@code etc} of another
   */
  HardwareReport look(Path root);

  /**
   * Stores what a profile says about a process that does not run yet: {@code hardware/jvm.options},
   * a file for {@code java @file}, and {@code hardware/defaults.json}, a resource for the OSGi
   * Configurator. Nothing is written when they are there already.
   *
   * @param data the node's data folder
   * @throws ai.ratio1.base.R1Exception R1-HW-006 when they cannot be stored
   */
  void prepare(HardwareProfile profile, Path data);
}

package ai.ratio1.hardware;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The machine this node runs on, as a service. Thread-safe.
 *
 * <p>Every usable fact is an OSGi capability of its kind's namespace too, so that a bundle can
 * require what it needs: {@code ratio1.hw.gpu;filter:="(vendor=nvidia)"}. Such a bundle is started
 * when the capability comes and stopped when it goes.
 */
@ProviderType
public interface HardwareFacts {

  /** The latest look; never waits for the machine. */
  HardwareReport report();
}

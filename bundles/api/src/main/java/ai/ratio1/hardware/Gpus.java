package ai.ratio1.hardware;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The graphics processors that can be given work, as a service. Thread-safe. A driver is loaded
 * when they are asked for the first time, and stays.
 */
@ProviderType
public interface Gpus {

  /**
   * All that a driver lists at this moment; empty without a driver. Asked twice, the same processor
   * is equal to itself.
   */
  List<Gpu> all();
}

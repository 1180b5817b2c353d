package ai.ratio1.hardware;

import ai.ratio1.base.R1Exception;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A graphics processor that can be given work. Thread-safe; nothing is held on it between two
 * tasks.
 */
@ProviderType
public interface Gpu {

  /** What its maker calls it; never empty. */
  String name();

  /**
   * Makes the walks of a task.
   *
   * @param goOn asked every few milliseconds on the calling thread; once it says no, the task is
   *     given up
   * @return a checkpoint for each segment of each group, group after group; empty when it was given
   *     up
   * @throws R1Exception {@code R1-HW-005} when the device or its driver fails
   */
  Optional<long[]> walk(GpuTask task, BooleanSupplier goOn);
}

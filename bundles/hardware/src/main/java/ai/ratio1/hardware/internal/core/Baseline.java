package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.NodeClass;
import ai.ratio1.hardware.Suitability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a node needs. Sizes are decimal, as they are sold: the kernel keeps a little of 16 GB of
 * memory for itself, and sees 15.6 GiB of it.
 */
public final class Baseline {

  private static final long GB = 1_000_000_000L;
  private static final long BITS = 64;
  private static final Need FULL = new Need(2, 16 * GB, 100 * GB);

  /** What boards sold with 1 GB and 8 GB have when firmware and flash have taken their share. */
  private static final Need SMALL = new Need(2, 900_000_000L, 7 * GB);

  private Baseline() {}

  private record Need(long threads, long memory, long storage) {

    List<String> lacking(Map<String, Object> properties) {
      List<String> lacking = new ArrayList<>();
      if (number(properties, "cpu.bits") < BITS) {
        lacking.add("not a system of " + BITS + " bits");
      }
      if (number(properties, "cpu.threads") < threads) {
        lacking.add("fewer than " + threads + " processors");
      }
      if (usableMemory(properties) < memory) {
        lacking.add(gigabytes(usableMemory(properties)) + " of memory, not " + gigabytes(memory));
      }
      if (number(properties, "storage.bytes") < storage) {
        lacking.add(
            gigabytes(number(properties, "storage.bytes"))
                + " of fixed storage, not "
                + gigabytes(storage));
      }
      return lacking;
    }
  }

  /** Judges a machine by {@link Survey#properties()}. */
  public static Suitability judge(Map<String, Object> properties) {
    List<String> unknown = new ArrayList<>();
    for (String key : List.of("cpu.bits", "cpu.threads", "memory.bytes", "storage.bytes")) {
      if (!(properties.get(key) instanceof Long)) {
        unknown.add(key + " is unknown");
      }
    }
    if (!unknown.isEmpty()) {
      return new Suitability(NodeClass.UNDECIDED, unknown);
    }
    List<String> lacking = FULL.lacking(properties);
    if (lacking.isEmpty()) {
      return new Suitability(NodeClass.FULL, lacking);
    }
    List<String> tooLittle = SMALL.lacking(properties);
    return tooLittle.isEmpty()
        ? new Suitability(NodeClass.SMALL_GATEWAY, lacking)
        : new Suitability(NodeClass.UNSUITABLE, tooLittle);
  }

  /**
   * What there is, or what the container allows. The limit of a service is for the node alone: its
   * workloads run beside it.
   */
  private static long usableMemory(Map<String, Object> properties) {
    long all = number(properties, "memory.bytes");
    return properties.containsKey("confinement.container")
            && properties.get("confinement.memory.bytes") instanceof Long allowed
        ? Math.min(all, allowed)
        : all;
  }

  private static long number(Map<String, Object> properties, String key) {
    return properties.get(key) instanceof Long number ? number : 0;
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
  }
}

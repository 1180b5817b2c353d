package ai.ratio1.hardware;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing the machine has. What could not be found out is left out of the attributes: absent
 * means unknown, never zero or false.
 *
 * @param kind what it is about
 * @param id names the device among those of its kind, stable while it is plugged in; the label of
 *     the kind where there is one fact only
 * @param usable false for a device that is there and has failed; it is no capability then
 * @param attributes what does not change while the device is there: String, Long, Boolean or a list
 *     of String
 * @param readings what does change, such as a temperature; never part of a capability
 */
public record HardwareFact(
    HardwareKind kind,
    String id,
    boolean usable,
    SortedMap<String, Object> attributes,
    SortedMap<String, Long> readings) {

  /** Copies the maps and refuses other types of values. */
  public HardwareFact {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    readings = Collections.unmodifiableSortedMap(new TreeMap<>(readings));
    attributes.values().forEach(HardwareFact::requireKnownType);
  }

  /** A working device without readings. */
  public HardwareFact(HardwareKind kind, String id, Map<String, Object> attributes) {
    this(kind, id, true, new TreeMap<>(attributes), new TreeMap<>());
  }

  private static void requireKnownType(Object value) {
    boolean texts =
        value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    if (!texts
        && !(value instanceof String)
        && !(value instanceof Long)
        && !(value instanceof Boolean)) {
      throw new IllegalArgumentException("no attribute of a fact: " + value.getClass());
    }
  }
}

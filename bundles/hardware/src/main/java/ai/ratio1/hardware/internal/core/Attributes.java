package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes known of one thing; whatever is empty is left out. */
final class Attributes {

  private final SortedMap<String, Object> attributes = new TreeMap<>();
  private final SortedMap<String, Long> readings = new TreeMap<>();
  private boolean usable = true;

  Attributes with(String name, Optional<?> value) {
    value.ifPresent(v -> attributes.put(name, v));
    return this;
  }

  Attributes with(String name, OptionalLong value) {
    value.ifPresent(v -> attributes.put(name, v));
    return this;
  }

  Attributes with(String name, List<String> values) {
    if (!values.isEmpty()) {
      attributes.put(name, List.copyOf(values));
    }
    return this;
  }

  Attributes with(String name, boolean value) {
    attributes.put(name, value);
    return this;
  }

  Attributes with(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  Attributes reading(String name, OptionalLong value) {
    value.ifPresent(v -> readings.put(name, v));
    return this;
  }

  Attributes failed(boolean failed) {
    usable = !failed;
    return this;
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  boolean has(String name, String value) {
    return value.equals(attributes.get(name));
  }

  boolean isEmpty() {
    return attributes.isEmpty() && readings.isEmpty();
  }

  HardwareFact of(HardwareKind kind, String id) {
    return new HardwareFact(kind, id, usable, attributes, readings);
  }

  /** The only fact of a kind, if anything is known. */
  List<HardwareFact> only(HardwareKind kind) {
    return isEmpty() ? List.of() : List.of(of(kind, kind.label()));
  }
}

package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator should hear of between two looks. */
public final class Changes {

  private Changes() {}

  /**
   * One change.
   *
   * @param sentence what happened
   * @param failed whether a device failed
   */
  public record Change(String sentence, boolean failed) {}

  /** Devices that came, went, failed or recovered, and another profile. */
  public static List<Change> between(HardwareReport before, HardwareReport now) {
    Map<String, HardwareFact> old = byName(before);
    Map<String, HardwareFact> current = byName(now);
    List<Change> changes = new ArrayList<>();
    current.forEach((name, fact) -> change(name, old.get(name), fact).ifPresent(changes::add));
    old.forEach(
        (name, fact) -> {
          if (!current.containsKey(name)) {
            changes.add(new Change(name + " is gone.", false));
          }
        });
    String profile = now.choice().reason();
    if (!before.choice().reason().equals(profile)) {
      changes.add(new Change("Another profile: " + profile, false));
    }
    return changes;
  }

  /** The failure of a device. */
  public static Change failure(HardwareFact fact) {
    return new Change(name(fact) + " has failed.", true);
  }

  private static Optional<Change> change(
      String name, @Nullable HardwareFact before, HardwareFact now) {
    if (before == null) {
      return Optional.of(now.usable() ? new Change(name + " is new.", false) : failure(now));
    }
    if (before.usable() == now.usable()) {
      return Optional.empty();
    }
    return Optional.of(now.usable() ? new Change(name + " works again.", false) : failure(now));
  }

  private static Map<String, HardwareFact> byName(HardwareReport report) {
    return report.facts().stream()
        .collect(Collectors.toMap(Changes::name, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private static String name(HardwareFact fact) {
    return fact.kind().label() + " " + fact.id();
  }
}

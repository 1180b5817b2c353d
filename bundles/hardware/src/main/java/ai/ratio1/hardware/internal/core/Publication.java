package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which capabilities a report stands for, in parts that come and go together: the machine as a
 * whole, each accelerator by itself, devices of another kind together, and the profile.
 */
public final class Publication {

  /** Namespace of the profile that was chosen. */
  public static final String PROFILE = "ratio1.hw.profile";

  private static final Set<HardwareKind> WHOLE =
      EnumSet.range(HardwareKind.CPU, HardwareKind.CONFINEMENT);
  private static final Set<HardwareKind> ALONE = EnumSet.of(HardwareKind.GPU, HardwareKind.NPU);

  private Publication() {}

  /** The {@code Provide-Capability} header of every part. */
  public static SortedMap<String, String> of(HardwareReport report) {
    Map<String, List<HardwareFact>> parts =
        report.facts().stream()
            .filter(fact -> fact.usable() && fact.kind() != HardwareKind.THERMAL)
            .collect(Collectors.groupingBy(Publication::part));
    SortedMap<String, String> headers = new TreeMap<>();
    parts.forEach((part, facts) -> headers.put(part, CapabilityText.of(facts)));
    report
        .choice()
        .profile()
        .ifPresent(
            profile ->
                headers.put(
                    "profile",
                    CapabilityText.clause(
                        PROFILE,
                        profile.id(),
                        Map.of("class", report.suitability().nodeClass().name()))));
    return headers;
  }

  private static String part(HardwareFact fact) {
    if (WHOLE.contains(fact.kind())) {
      return "machine";
    }
    return fact.kind().label() + (ALONE.contains(fact.kind()) ? "." + fact.id() : "");
  }
}

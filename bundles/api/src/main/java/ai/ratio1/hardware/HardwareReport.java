package ai.ratio1.hardware;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Everything that was found out in one look at the machine.
 *
 * @param facts by kind, then by id
 * @param unknown what was there and could not be believed; at most 64
 * @param properties the attributes of all usable facts as one map for filters: {@code cpu.arch},
 *     {@code gpu.vendor}; several devices of a kind give lists
 * @param suitability the verdict
 * @param choice the profile
 */
public record HardwareReport(
    List<HardwareFact> facts,
    List<UnknownFact> unknown,
    SortedMap<String, Object> properties,
    Suitability suitability,
    ProfileChoice choice) {

  /** Copies the lists. */
  public HardwareReport {
    facts = List.copyOf(facts);
    unknown = List.copyOf(unknown);
  }

  /** The facts of one kind. */
  public List<HardwareFact> facts(HardwareKind kind) {
    return facts.stream().filter(fact -> fact.kind() == kind).toList();
  }

  /** The attributes of the first fact of a kind; empty when there is none. */
  public Map<String, Object> first(HardwareKind kind) {
    return facts(kind).stream()
        .findFirst()
        .map(f -> (Map<String, Object>) f.attributes())
        .orElse(Map.of());
  }
}

package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.UnknownFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that one look at a machine finds.
 *
 * @param facts by kind, then by id
 * @param unknown what could not be believed
 */
public record Survey(List<HardwareFact> facts, List<UnknownFact> unknown) {

  private static final Comparator<HardwareFact> ORDER =
      Comparator.comparing(HardwareFact::kind).thenComparing(HardwareFact::id);

  /**
   * Looks.
   *
   * @param jvm architecture of the running JVM, when it runs on this machine
   */
  public static Survey of(Tree tree, Optional<String> jvm, NvmlAnswer nvml) {
    Doubts doubts = new Doubts();
    MachineFiles files = new MachineFiles(tree, doubts);
    List<HardwareFact> facts = new ArrayList<>(new CpuProbe(jvm).look(files));
    Map<String, Object> cpu = facts.isEmpty() ? Map.of() : facts.get(0).attributes();
    List<Probe> probes =
        List.of(
            new MemoryProbe(),
            new BoardProbe(cpu),
            new DiskProbe(),
            new GpuProbe(nvml),
            new NpuProbe(),
            new SecurityProbe(cpu),
            new SensorProbe(),
            new ConfinementProbe(),
            new EngineProbe());
    probes.forEach(probe -> facts.addAll(probe.look(files)));
    facts.sort(ORDER);
    return new Survey(List.copyOf(facts), doubts.all());
  }

  /** The attributes of usable facts as one map; of several of a kind as lists. */
  public SortedMap<String, Object> properties() {
    SortedMap<String, Object> properties = new TreeMap<>();
    for (HardwareKind kind : HardwareKind.values()) {
      List<HardwareFact> usable =
          facts.stream().filter(f -> f.kind() == kind && f.usable()).toList();
      usable.forEach(
          fact ->
              fact.attributes()
                  .forEach(
                      (name, value) ->
                          properties.merge(kind.label() + "." + name, value, Survey::besides)));
    }
    return properties;
  }

  private static Object besides(Object before, Object value) {
    List<Object> both = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
    both.addAll(value instanceof List<?> list ? list : List.of(value));
    return List.copyOf(both);
  }
}

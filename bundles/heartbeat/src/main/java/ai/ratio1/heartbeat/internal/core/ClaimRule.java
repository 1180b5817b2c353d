package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import java.util.Map;
import java.util.Optional;

/**
 * What a node claims: what its machine has, its container leaves it, and it can prove. Memory is
 * not among that: nothing could prove it that would leave it to the jobs.
 */
public final class ClaimRule {

  private static final long MILLI = 1000;

  private ClaimRule() {}

  /** Who knows what can be proven. */
  public interface Provable {
    /** How many of so many usable graphics processors a machine of a profile can prove. */
    int gpus(String profile, int usable);
  }

  /**
   * The claim.
   *
   * @param report what is known of the machine, if anything is
   * @param profile the profile to claim; empty for the chosen one
   * @param cores how many to claim; 0 for those there are
   * @param processors those that this process may use
   * @param gpus how many graphics processors to claim; negative for those that are usable and
   *     proven
   * @param provable asked when it matters only
   * @return empty without a profile
   */
  public static Optional<CapabilityClaim> claim(
      Optional<HardwareReport> report,
      String profile,
      int cores,
      int processors,
      int gpus,
      Provable provable) {
    Optional<String> name =
        profile.isEmpty()
            ? report.flatMap(known -> known.choice().profile()).map(HardwareProfile::id)
            : Optional.of(profile);
    int there =
        cores > 0 ? cores : report.map(known -> usable(known, processors)).orElse(processors);
    return name.map(
        known ->
            new CapabilityClaim(
                known,
                Math.max(1, Math.min(CapabilityClaim.MOST_CORES, there)),
                0,
                gpus < 0
                    ? report.map(machine -> proven(machine, known, provable)).orElse(0)
                    : gpus));
  }

  private static int usable(HardwareReport report, int processors) {
    long least = processors;
    least = Math.min(least, number(report.first(HardwareKind.CPU), "threads", least));
    Map<String, Object> confined = report.first(HardwareKind.CONFINEMENT);
    least = Math.min(least, number(confined, "cpu.milli", least * MILLI) / MILLI);
    return (int) Math.max(1, least);
  }

  private static int proven(HardwareReport report, String profile, Provable provable) {
    long usable = report.facts(HardwareKind.GPU).stream().filter(HardwareFact::usable).count();
    int asked = (int) Math.min(CapabilityClaim.MOST_GPUS, usable);
    return asked == 0 ? 0 : Math.min(asked, provable.gpus(profile, asked));
  }

  private static long number(Map<String, Object> attributes, String name, long otherwise) {
    return attributes.get(name) instanceof Long number && number > 0 ? number : otherwise;
  }
}

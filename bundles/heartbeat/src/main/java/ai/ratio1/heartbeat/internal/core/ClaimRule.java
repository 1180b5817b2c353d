package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import java.util.Map;
import java.util.Optional;

/** What a node claims: what its machine has and its container leaves it. */
public final class ClaimRule {

  private static final long MIB = 1 << 20;
  private static final long MILLI = 1000;

  private ClaimRule() {}

  /**
   * The claim.
   *
   * @param report what is known of the machine, if anything is
   * @param profile the profile to claim; empty for the chosen one
   * @param cores how many to claim; 0 for those there are
   * @param processors those that this process may use
   * @return empty without a profile
   */
  public static Optional<CapabilityClaim> claim(
      Optional<HardwareReport> report, String profile, int cores, int processors) {
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
                report.map(ClaimRule::memory).orElse(0),
                report.map(ClaimRule::gpus).orElse(0)));
  }

  private static int usable(HardwareReport report, int processors) {
    long least = processors;
    least = Math.min(least, number(report.first(HardwareKind.CPU), "threads", least));
    Map<String, Object> confined = report.first(HardwareKind.CONFINEMENT);
    least = Math.min(least, number(confined, "cpu.milli", least * MILLI) / MILLI);
    return (int) Math.max(1, least);
  }

  private static int memory(HardwareReport report) {
    long bytes = number(report.first(HardwareKind.MEMORY), "bytes", 0);
    bytes = Math.min(bytes, number(report.first(HardwareKind.CONFINEMENT), "memory.bytes", bytes));
    return (int) Math.min(Integer.MAX_VALUE, bytes / MIB);
  }

  private static int gpus(HardwareReport report) {
    long usable = report.facts(HardwareKind.GPU).stream().filter(HardwareFact::usable).count();
    return (int) Math.min(CapabilityClaim.MOST_GPUS, usable);
  }

  private static long number(Map<String, Object> attributes, String name, long otherwise) {
    return attributes.get(name) instanceof Long number && number > 0 ? number : otherwise;
  }
}

package ai.ratio1.hardware;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How a node runs on one class of machines. Its form is described in {@code
 * docs/reference/hardware-profiles.md}.
 *
 * @param id such as {@code raspberrypi-5}
 * @param priority of several profiles that match the one with the highest is chosen
 * @param match LDAP filter (OSGi Core 3.2.7) over {@link HardwareReport#properties()}
 * @param limits what is kept from workloads
 * @param jvm options of the node's JVM; they count from the next start on
 * @param features optional features this machine can bear, by name
 * @param defaults settings by PID and key, below what the operator configures
 */
public record HardwareProfile(
    String id,
    int priority,
    String match,
    ProfileLimits limits,
    List<String> jvm,
    List<String> features,
    SortedMap<String, Map<String, Object>> defaults) {

  /** Copies the lists. */
  public HardwareProfile {
    jvm = List.copyOf(jvm);
    features = List.copyOf(features);
  }
}

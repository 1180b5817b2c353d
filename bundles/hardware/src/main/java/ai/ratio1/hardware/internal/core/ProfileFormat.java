package ai.ratio1.hardware.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.ProfileLimits;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code profile.json}. Strict: a key it does not know is a mistake, and an option of the JVM
 * that loads code or names a file is refused.
 */
public final class ProfileFormat {

  private static final int LONGEST = 64 * 1024;
  private static final long MIB = 1024L * 1024;
  private static final Set<String> KEYS =
      Set.of("id", "priority", "match", "limits", "proof", "jvm", "features", "defaults");
  private static final Set<String> LIMITS =
      Set.of("reservedMemoryMiB", "reservedCpuPercent", "containers");
  private static final Set<String> PROOF =
      Set.of("roundsPerMilli", "allowancePercent", "cores", "gpuStepsPerMilli");
  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,63}";

  /** Heap, stack, collector and compiler; nothing that names a file or a class. */
  private static final String JVM_OPTION =
      "-X(ms|mx|ss)[0-9]{1,7}[kmg]|-XX:[+-][A-Za-z0-9]{1,64}|-XX:[A-Za-z0-9]{1,64}=[0-9]{1,12}[kmg]?";

  private static final String PID = "ai\\.ratio1\\.[a-z0-9.]{1,64}";

  private ProfileFormat() {}

  /**
   * Reads one.
   *
   * @param origin where it lies, for the message
   * @throws R1Exception R1-HW-001 for anything but a profile
   */
  public static HardwareProfile read(byte[] json, String origin) {
    try {
      require(json.length <= LONGEST, "longer than 64 KiB");
      Map<?, ?> root = object(JsonTree.read(json), "the whole");
      requireKeys(root, KEYS);
      requireProof(object(root.get("proof"), "proof"));
      return new HardwareProfile(
          text(root, "id", NAME),
          number(root, "priority", 1000),
          text(root, "match", "[ -~]{1,1000}"),
          limits(object(root.get("limits"), "limits")),
          texts(root, "jvm", JVM_OPTION),
          texts(root, "features", NAME),
          defaults(object(root.get("defaults"), "defaults")));
    } catch (JsonProcessingException e) {
      throw unusable(origin, e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(origin, String.valueOf(e.getMessage()), e);
    }
  }

  private static R1Exception unusable(String origin, String why, Exception cause) {
    return HardwareError.PROFILE.failure(
        "The profile in " + origin + " is unusable: " + why, cause);
  }

  private static ProfileLimits limits(Map<?, ?> limits) {
    requireKeys(limits, LIMITS);
    return new ProfileLimits(
        number(limits, "reservedMemoryMiB", 1 << 20) * MIB,
        number(limits, "reservedCpuPercent", 100),
        number(limits, "containers", 1000));
  }

  /** Oracles judge by it, and have it from their own release; here it has to be right only. */
  private static void requireProof(Map<?, ?> proof) {
    requireKeys(proof, PROOF);
    require(number(proof, "roundsPerMilli", 1_000_000) >= 1000, "roundsPerMilli is below 1000");
    require(number(proof, "allowancePercent", 1000) >= 100, "allowancePercent is below 100");
    require(number(proof, "cores", 256) >= 1, "cores is 0");
    int gpu = number(proof, "gpuStepsPerMilli", Integer.MAX_VALUE);
    require(gpu == 0 || gpu >= 1000, "gpuStepsPerMilli is below 1000 and not 0");
  }

  private static SortedMap<String, Map<String, Object>> defaults(Map<?, ?> byPid) {
    SortedMap<String, Map<String, Object>> defaults = new TreeMap<>();
    for (Map.Entry<?, ?> pid : byPid.entrySet()) {
      String name = String.valueOf(pid.getKey());
      require(name.matches(PID), name + " is no PID of the appliance");
      SortedMap<String, Object> values = new TreeMap<>();
      object(pid.getValue(), name).forEach((key, value) -> put(values, String.valueOf(key), value));
      defaults.put(name, values);
    }
    return defaults;
  }

  private static void put(Map<String, Object> values, String key, Object value) {
    require(key.matches("[a-z0-9.]{1,64}(:Integer|:Long)?"), "bad key " + key);
    require(!(value instanceof Map) && !(value instanceof List), key + " is no scalar");
    values.put(key, value);
  }

  private static String text(Map<?, ?> root, String key, String form) {
    if (root.get(key) instanceof String text && text.matches(form)) {
      return text;
    }
    throw new IllegalArgumentException(key + " is missing or malformed");
  }

  private static List<String> texts(Map<?, ?> root, String key, String form) {
    List<String> texts = new ArrayList<>();
    if (!(root.get(key) instanceof List<?> list)) {
      throw new IllegalArgumentException(key + " is no list");
    }
    for (Object entry : list) {
      require(entry instanceof String text && text.matches(form), key + " holds " + entry);
      texts.add(String.valueOf(entry));
    }
    return texts;
  }

  private static int number(Map<?, ?> node, String key, int most) {
    if (node.get(key) instanceof Long number && number >= 0 && number <= most) {
      return number.intValue();
    }
    throw new IllegalArgumentException(key + " is not from 0 to " + most);
  }

  private static Map<?, ?> object(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(what + " is no object");
  }

  private static void requireKeys(Map<?, ?> node, Set<String> known) {
    node.keySet()
        .forEach(name -> require(known.contains(String.valueOf(name)), "unknown key " + name));
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what);
    }
  }
}

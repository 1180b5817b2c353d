package ai.ratio1.hardware.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.ProfileLimits;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads {@code profile.json}. Strict: a key it does not know is a mistake, and an option of the JVM
 * that loads code or names a file is refused.
 */
public final class ProfileFormat {

  private static final int LONGEST = 64 * 1024;
  private static final long MIB = 1024L * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> KEYS =
      Set.of("id", "priority", "match", "limits", "jvm", "features", "defaults");
  private static final Set<String> LIMITS =
      Set.of("reservedMemoryMiB", "reservedCpuPercent", "containers");
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
      JsonNode root = JSON.readTree(json);
      require(root.isObject(), "no object");
      requireKeys(root, KEYS);
      return new HardwareProfile(
          text(root, "id", NAME),
          number(root.path("priority"), "priority", 0, 1000),
          text(root, "match", "[ -~]{1,1000}"),
          limits(root.path("limits")),
          texts(root, "jvm", JVM_OPTION),
          texts(root, "features", NAME),
          defaults(root.path("defaults")));
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

  private static ProfileLimits limits(JsonNode node) {
    require(node.isObject(), "limits are missing");
    requireKeys(node, LIMITS);
    return new ProfileLimits(
        number(node.path("reservedMemoryMiB"), "reservedMemoryMiB", 0, 1 << 20) * MIB,
        number(node.path("reservedCpuPercent"), "reservedCpuPercent", 0, 100),
        number(node.path("containers"), "containers", 0, 1000));
  }

  private static SortedMap<String, Map<String, Object>> defaults(JsonNode node) {
    SortedMap<String, Map<String, Object>> defaults = new TreeMap<>();
    for (Map.Entry<String, JsonNode> pid : node.properties()) {
      require(pid.getKey().matches(PID), pid.getKey() + " is no PID of the appliance");
      SortedMap<String, Object> values = new TreeMap<>();
      for (Map.Entry<String, JsonNode> value : pid.getValue().properties()) {
        require(
            value.getKey().matches("[a-z0-9.]{1,64}(:Integer|:Long)?"),
            "bad key " + value.getKey());
        values.put(value.getKey(), value(value.getValue()));
      }
      defaults.put(pid.getKey(), values);
    }
    return defaults;
  }

  private static Object value(JsonNode node) {
    require(
        node.isTextual() || node.isBoolean() || node.canConvertToLong(), "a default is no scalar");
    if (node.isTextual()) {
      return node.textValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : (Object) node.longValue();
  }

  private static String text(JsonNode root, String key, String form) {
    String text = root.path(key).asText("");
    require(root.path(key).isTextual() && text.matches(form), key + " is missing or malformed");
    return text;
  }

  private static List<String> texts(JsonNode root, String key, String form) {
    List<String> texts = new ArrayList<>();
    require(root.path(key).isArray(), key + " is no list");
    for (JsonNode entry : root.path(key)) {
      require(entry.isTextual() && entry.asText().matches(form), key + " holds " + entry);
      texts.add(entry.asText());
    }
    return texts;
  }

  private static int number(JsonNode node, String key, int least, int most) {
    require(
        node.isIntegralNumber()
            && node.canConvertToInt()
            && node.intValue() >= least
            && node.intValue() <= most,
        key + " is not from " + least + " to " + most);
    return node.intValue();
  }

  private static void requireKeys(JsonNode node, Set<String> known) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .forEach(name -> require(known.contains(name), "unknown key " + name));
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what);
    }
  }
}

package ai.ratio1.hardware.internal.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A parsed {@code /proc/cpuinfo}: one block of keys for every processor.
 *
 * @param processors in the file's order
 */
record CpuInfo(List<Map<String, String>> processors) {

  static final String PATH = "proc/cpuinfo";

  private static final int MOST_PROCESSORS = 8192;
  private static final int MOST_FEATURES = 512;
  private static final Pattern FEATURE = Pattern.compile("[a-z0-9_.]{1,64}");
  private static final String MULTI_LETTER_EXTENSIONS = "_";
  private static final int RISCV_BASE = "rv64".length();

  static CpuInfo read(MachineFiles files) {
    List<Map<String, String>> processors = new ArrayList<>();
    for (String line : files.lines(PATH)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip();
      if (key.equals("processor")) {
        processors.add(new HashMap<>());
      }
      if (!processors.isEmpty()) {
        processors.get(processors.size() - 1).putIfAbsent(key, line.substring(colon + 1).strip());
      }
    }
    if (processors.size() > MOST_PROCESSORS) {
      files.doubts().add(PATH, "more than " + MOST_PROCESSORS + " processors");
      return new CpuInfo(List.of());
    }
    return new CpuInfo(processors);
  }

  /** The architecture whose kernel writes such a file. */
  Optional<Architecture> shape() {
    if (!all("flags").isEmpty()) {
      boolean wide = all("flags").stream().anyMatch(flags -> words(flags).contains("lm"));
      return Optional.of(wide ? Architecture.X86_64 : Architecture.X86);
    }
    if (!all("Features").isEmpty()) {
      boolean wide = all("CPU architecture").contains("8");
      return Optional.of(wide ? Architecture.AARCH64 : Architecture.ARM);
    }
    return all("isa").stream().anyMatch(isa -> isa.startsWith("rv64"))
        ? Optional.of(Architecture.RISCV64)
        : Optional.empty();
  }

  /** What every processor can do; empty when one of them cannot be believed. */
  SortedSet<String> features(MachineFiles files) {
    SortedSet<String> common = new TreeSet<>();
    boolean first = true;
    // Nearly always all of them say the same.
    for (List<String> words :
        processors.stream()
            .map(CpuInfo::featureText)
            .distinct()
            .map(CpuInfo::featureWords)
            .toList()) {
      if (words.size() > MOST_FEATURES || !words.stream().allMatch(CpuInfo::isFeature)) {
        files.doubts().add(PATH, "features that are no short words");
        return new TreeSet<>();
      }
      if (first) {
        common.addAll(words);
        first = false;
      } else {
        common.retainAll(words);
      }
    }
    return common;
  }

  /** The value of a key, if all processors that have it agree. */
  Optional<String> agreed(String key) {
    List<String> values = all(key);
    return values.size() == 1 && values.get(0).matches("[ -~]{1,128}")
        ? Optional.of(values.get(0))
        : Optional.empty();
  }

  /** The distinct pairs of maker and part that ARM processors name themselves with. */
  List<String> parts() {
    return processors.stream()
        .map(p -> p.getOrDefault("CPU implementer", "") + ":" + p.getOrDefault("CPU part", ""))
        .filter(part -> part.matches("0x[0-9a-f]{1,2}:0x[0-9a-f]{1,3}"))
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> all(String key) {
    return processors.stream()
        .filter(p -> p.containsKey(key))
        .map(p -> p.getOrDefault(key, ""))
        .distinct()
        .toList();
  }

  private static String featureText(Map<String, String> processor) {
    return processor.getOrDefault(
        "flags", processor.getOrDefault("Features", processor.getOrDefault("isa", "")));
  }

  private static List<String> featureWords(String text) {
    return text.startsWith("rv64") ? riscv(text) : words(text);
  }

  private static boolean isFeature(String word) {
    return FEATURE.matcher(word).matches();
  }

  /** {@code rv64imac_zicsr}: single letters, then words. */
  private static List<String> riscv(String isa) {
    List<String> features = new ArrayList<>();
    String[] parts = isa.substring(RISCV_BASE).split(MULTI_LETTER_EXTENSIONS, -1);
    parts[0].chars().forEach(c -> features.add(String.valueOf((char) c)));
    features.addAll(Arrays.asList(parts).subList(1, parts.length));
    return features;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }
}

package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * Architecture, number of threads, and what every one of them can do. Features are those the kernel
 * lets programs use, so no instruction has to be tried.
 *
 * @param jvm what the running JVM says, when it runs on the machine that is looked at
 */
record CpuProbe(Optional<String> jvm) implements Probe {

  static final String FEATURES = "features";

  private static final String KERNEL = "proc/sys/kernel/arch";
  private static final String ONLINE = "sys/devices/system/cpu/online";

  // The levels of the x86-64 psABI, in the words of the Linux kernel.
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("lm", "sse2", "cx8", "fxsr"),
          List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"),
          List.of("abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"),
          List.of("avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"));

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    CpuInfo info = CpuInfo.read(files);
    Optional<Architecture> architecture = architecture(files, info);
    SortedSet<String> features = info.features(files);
    Attributes cpu =
        new Attributes()
            .with("arch", architecture.map(Architecture::processor))
            .with("bits", architecture.map(Architecture::bits))
            .with("threads", threads(files, info))
            .with("model", info.agreed("model name").or(() -> info.agreed("uarch")))
            .with("parts", info.parts())
            .with(FEATURES, List.copyOf(features));
    if (architecture.equals(Optional.of(Architecture.X86_64)) && !features.isEmpty()) {
      cpu.with("level", level(features));
    }
    return cpu.only(HardwareKind.CPU);
  }

  private Optional<Architecture> architecture(MachineFiles files, CpuInfo info) {
    List<String> names = new ArrayList<>();
    files.text(KERNEL).ifPresent(names::add);
    jvm.ifPresent(names::add);
    info.shape().map(Architecture::processor).ifPresent(names::add);
    List<Optional<Architecture>> distinct =
        names.stream().map(Architecture::named).distinct().toList();
    if (distinct.size() > 1) {
      files.doubts().add("architecture", "contradictory: " + String.join(", ", names));
      return Optional.empty();
    }
    return distinct.stream().flatMap(Optional::stream).findFirst();
  }

  private static OptionalLong threads(MachineFiles files, CpuInfo info) {
    OptionalInt online = files.text(ONLINE).map(Numbers::countOfList).orElse(OptionalInt.empty());
    int listed = info.processors().size();
    if (listed > 0 && online.isPresent() && online.getAsInt() != listed) {
      files
          .doubts()
          .add(ONLINE, online.getAsInt() + " processors, but " + listed + " in " + CpuInfo.PATH);
      return OptionalLong.empty();
    }
    if (online.isPresent()) {
      return OptionalLong.of(online.getAsInt());
    }
    return listed > 0 ? OptionalLong.of(listed) : OptionalLong.empty();
  }

  private static OptionalLong level(SortedSet<String> features) {
    int level = 0;
    while (level < LEVELS.size() && features.containsAll(LEVELS.get(level))) {
      level++;
    }
    return level == 0 ? OptionalLong.empty() : OptionalLong.of(level);
  }
}

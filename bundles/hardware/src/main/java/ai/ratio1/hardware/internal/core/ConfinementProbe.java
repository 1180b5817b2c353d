package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What this process may use of the machine: its container and its control groups. */
record ConfinementProbe() implements Probe {

  private static final String GROUPS = "sys/fs/cgroup/";
  private static final int MILLI = 1000;

  /** The kernel writes a number near 2^63 when version 1 has no limit. */
  private static final long NO_LIMIT = 1L << 60;

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    Attributes confinement = new Attributes();
    if (files.exists(".dockerenv")) {
      confinement.with("container", "docker");
    } else if (files.exists("run/.containerenv")) {
      confinement.with("container", "podman");
    }
    if (files.exists(GROUPS + "cgroup.controllers")) {
      String group = GROUPS + own(files, "0::");
      confinement
          .with("cgroup", OptionalLong.of(2))
          .with("memory.bytes", limit(files, group + "memory.max"))
          .with("cpu.milli", quota(files, group + "cpu.max"));
    } else if (files.exists(GROUPS + "memory")) {
      confinement
          .with("cgroup", OptionalLong.of(1))
          .with("memory.bytes", limit(files, GROUPS + "memory/memory.limit_in_bytes"));
    }
    return confinement.only(HardwareKind.CONFINEMENT);
  }

  /** The own group's folder, seen from the mount; the root where it cannot be believed. */
  private static String own(MachineFiles files, String prefix) {
    for (String line : files.lines("proc/self/cgroup")) {
      if (line.startsWith(prefix)) {
        String path = line.substring(prefix.length());
        if (path.matches("(/[A-Za-z0-9_.@:\\\\-]{1,128}){0,16}/?") && !path.contains("..")) {
          return path.equals("/") || path.isEmpty() ? "" : path.substring(1) + "/";
        }
        files.doubts().add("proc/self/cgroup", "names no folder below the control groups");
      }
    }
    return "";
  }

  private static OptionalLong limit(MachineFiles files, String path) {
    Optional<String> text = files.text(path);
    if (text.isEmpty() || text.get().equals("max")) {
      return OptionalLong.empty();
    }
    if (text.get().matches("[0-9]{1,19}")) {
      OptionalLong bytes = Numbers.decimal(text.get());
      return bytes.isPresent() && bytes.getAsLong() < NO_LIMIT ? bytes : OptionalLong.empty();
    }
    files.doubts().add(path, "neither a number nor max");
    return OptionalLong.empty();
  }

  private static OptionalLong quota(MachineFiles files, String path) {
    Optional<String> text = files.text(path);
    if (text.isEmpty() || text.get().startsWith("max ")) {
      return OptionalLong.empty();
    }
    if (text.get().matches("[1-9][0-9]{0,11} [1-9][0-9]{0,8}")) {
      String[] parts = text.get().split(" ", -1);
      return OptionalLong.of(Long.parseLong(parts[0]) * MILLI / Long.parseLong(parts[1]));
    }
    files.doubts().add(path, "no quota and period");
    return OptionalLong.empty();
  }
}

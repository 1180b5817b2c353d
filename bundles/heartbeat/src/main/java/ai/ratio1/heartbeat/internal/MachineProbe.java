package ai.ratio1.heartbeat.internal;

import ai.ratio1.heartbeat.internal.core.MachineFacts;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Looks at the machine with what every JDK offers, and at Linux's own files where there are any.
 */
final class MachineProbe {

  private static final Path PROC = Path.of("/proc");

  private final Path data;
  private final Path proc;
  private final String address;
  private final String cpu;

  /**
   * A probe.
   *
   * @param data the disk of this folder is looked at
   * @param address what to say for the machine's address; empty to look
   */
  MachineProbe(Path data, String address) {
    this(data, address, PROC);
  }

  MachineProbe(Path data, String address, Path proc) {
    this.data = data;
    this.proc = proc;
    this.address = address;
    this.cpu = value(proc.resolve("cpuinfo"), "model name").orElse(System.getProperty("os.arch"));
  }

  MachineFacts look() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Runtime runtime = Runtime.getRuntime();
    long[] disk = disk();
    return new MachineFacts(
        system.getTotalMemorySize(),
        kilobytes(proc.resolve("meminfo"), "MemAvailable").orElse(system.getFreeMemorySize()),
        kilobytes(proc.resolve("self/status"), "VmRSS")
            .orElse(runtime.totalMemory() - runtime.freeMemory()),
        // Negative while the virtual machine has not measured yet.
        Math.max(0, system.getCpuLoad()),
        runtime.availableProcessors(),
        cpu,
        disk[0],
        disk[1],
        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
        address.isEmpty() ? firstAddress() : address,
        System.getProperty("os.name") + "-" + System.getProperty("os.arch"),
        System.getProperty("java.version"));
  }

  private long[] disk() {
    // A file store would have to find its mount point, which a change of root hides.
    return new long[] {data.toFile().getTotalSpace(), data.toFile().getUsableSpace()};
  }

  private static OptionalLong kilobytes(Path file, String name) {
    return value(file, name)
        .filter(text -> text.matches("\\d{1,15} kB"))
        .map(text -> OptionalLong.of(1024 * Long.parseLong(text.substring(0, text.length() - 3))))
        .orElse(OptionalLong.empty());
  }

  private static Optional<String> value(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String firstAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(found -> found instanceof Inet4Address && !found.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse("127.0.0.1");
    } catch (SocketException e) {
      return "127.0.0.1";
    }
  }
}

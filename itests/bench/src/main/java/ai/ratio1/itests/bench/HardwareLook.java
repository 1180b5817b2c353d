package ai.ratio1.itests.bench;

import ai.ratio1.hardware.HardwareProbe;
import ai.ratio1.hardware.HardwareReport;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Looks at the machine in this JVM, and prints how long the first look and later ones took. */
public final class HardwareLook {

  private static final int LATER = 20;
  private static final Path ROOT = Path.of("/");

  private HardwareLook() {}

  /**
   * Prints nanoseconds of the first look, of the processors' time in it, and of the twentieth look;
   * then how many facts there are.
   */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    HardwareProbe probe = ServiceLoader.load(HardwareProbe.class).findFirst().orElseThrow();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long busyBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    HardwareReport report = probe.look(ROOT);
    long first = System.nanoTime() - before;
    long busy = system.getProcessCpuTime() - busyBefore;
    long later = 0;
    for (int i = 1; i < LATER; i++) {
      before = System.nanoTime();
      probe.look(ROOT);
      later = System.nanoTime() - before;
    }
    System.out.println(first + " " + busy + " " + later + " " + report.facts().size());
  }
}

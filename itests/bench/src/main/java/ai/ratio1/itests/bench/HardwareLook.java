package ai.ratio1.itests.bench;

import ai.ratio1.hardware.HardwareProbe;
import ai.ratio1.hardware.HardwareReport;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Looks at the machine in this JVM, and prints how long the first look and a later one took. */
public final class HardwareLook {

  private static final int LATER = 20;

  private HardwareLook() {}

  /** Prints nanoseconds of the first look and of the twentieth, and how many facts there are. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    HardwareProbe probe = ServiceLoader.load(HardwareProbe.class).findFirst().orElseThrow();
    long first = 0;
    long later = 0;
    int facts = 0;
    for (int i = 0; i < LATER; i++) {
      long start = System.nanoTime();
      HardwareReport report = probe.look(Path.of("/"));
      later = System.nanoTime() - start;
      first = i == 0 ? later : first;
      facts = report.facts().size();
    }
    System.out.println(first + " " + later + " " + facts);
  }
}

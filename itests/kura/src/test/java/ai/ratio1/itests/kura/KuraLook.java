package ai.ratio1.itests.kura;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** The platform in a process of its own, with the node's package or without. */
public final class KuraLook {

  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PROFILE = "ai.ratio1.profile.";

  private KuraLook() {}

  /**
   * Says milliseconds from the installation until every bundle was active, kilobytes that are
   * resident when the process has been idle, kilobytes of heap, and threads.
   *
   * @param arguments an empty folder; the package, if there is to be one
   */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (KuraPlatform platform = KuraPlatform.start(Path.of(arguments[0]))) {
      long millis = arguments.length > 1 ? install(platform, Path.of(arguments[1])) : 0;
      LockSupport.parkNanos(IDLE.toNanos());
      System.gc();
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      out.println(millis + " " + residentKilobytes() + " " + heap + " " + threads);
    }
  }

  private static long install(KuraPlatform platform, Path file) throws Exception {
    long begin = System.nanoTime();
    DeploymentPackage installed = platform.install(file);
    platform.await("ai.ratio1.hardware.HardwareFacts");
    platform.await("ai.ratio1.identity.NodeIdentity");
    while (!isActive(installed)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("not active: " + KuraPlatform.states(installed));
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** One profile at most is the machine's. */
  private static boolean isActive(DeploymentPackage installed) {
    for (Map.Entry<String, Integer> bundle : KuraPlatform.states(installed).entrySet()) {
      if (!bundle.getKey().startsWith(PROFILE) && bundle.getValue() != Bundle.ACTIVE) {
        return false;
      }
    }
    return true;
  }

  private static long residentKilobytes() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

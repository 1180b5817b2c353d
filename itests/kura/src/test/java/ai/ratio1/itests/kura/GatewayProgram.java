package ai.ratio1.itests.kura;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/**
 * The platform in a process of its own. It does what it is told on standard input, a line each, and
 * ends with it; {@link GatewayProcess} is the other side.
 */
public final class GatewayProgram {

  /** Lines that answer begin so; bundles may print what they like. */
  static final String DONE = "gateway-done ";

  /** Lines that refuse begin so. */
  static final String FAILED = "gateway-failed ";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PROFILE = "ai.ratio1.profile.";
  private static final String CONFIGURATIONS =
      "org.eclipse.kura.configuration.ConfigurationService";
  private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

  private final KuraPlatform platform;

  private GatewayProgram(KuraPlatform platform) {
    this.platform = platform;
  }

  /**
   * Runs until standard input ends.
   *
   * @param arguments the gateway's folder
   */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (KuraPlatform platform = KuraPlatform.start(Path.of(arguments[0]))) {
      GatewayProgram gateway = new GatewayProgram(platform);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(gateway.answer(line.split(" ", 3)));
      }
    }
    // A timer of the platform's SCR outlives the framework by five seconds.
    System.exit(0);
  }

  private String answer(String... words) {
    try {
      return DONE
          + switch (words[0]) {
            case "port" -> Integer.toString(platform.port());
            case "install" -> Long.toString(install(Path.of(words[1])));
            case "configure" -> configure(words[1], words[2]);
            case "memory" -> memory();
            default -> throw new IllegalArgumentException(words[0]);
          };
    } catch (InvocationTargetException e) {
      return FAILED + e.getCause();
    } catch (Exception | AssertionError e) {
      return FAILED + e;
    }
  }

  /** Milliseconds from the installation until every bundle was active. */
  private long install(Path file) throws Exception {
    long begin = System.nanoTime();
    DeploymentPackage installed = platform.install(file);
    platform.await("ai.ratio1.hardware.HardwareFacts");
    platform.await(Gateway.IDENTITY);
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

  /** As the web admin does it, which has the forms of those components alone that run. */
  private String configure(String pid, String json) throws Exception {
    platform.awaitMatch("(&(objectClass=" + Gateway.MARKER + ")(kura.service.pid=" + pid + "))");
    Map<String, Object> settings = new ObjectMapper().readValue(json, SETTINGS);
    // JSON has lists, forms have arrays; all lists among the node's settings are of texts.
    settings.replaceAll(
        (name, value) ->
            value instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : value);
    Object service = platform.await(CONFIGURATIONS);
    Method update =
        service.getClass().getMethod("updateConfiguration", String.class, Map.class, boolean.class);
    update.invoke(service, pid, settings, true);
    return pid;
  }

  /** Kilobytes that are resident after a collection, kilobytes of heap, threads. */
  private static String memory() throws Exception {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return residentKilobytes() + " " + heap + " " + threads;
  }

  private static long residentKilobytes() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

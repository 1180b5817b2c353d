package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The status object inside a heartbeat, with every field genuine receivers know (protocol dossier,
 * section 4.2). Fields of parts that this node does not have hold their neutral value.
 */
final class NodeStatus {

  private static final double GIGABYTE = 1024.0 * 1024.0 * 1024.0;
  private static final double RAM_ALERT = 0.15;
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSSSSS", Locale.ROOT);
  private static final List<String> EMPTY_LISTS =
      List.of("ACTIVE_PLUGINS", "STOP_LOG", "CONFIG_STREAMS", "SERVING_PIDS");
  private static final List<String> EMPTY_OBJECTS = List.of("DCT_STATS", "COMM_STATS");
  private static final List<String> NULLS =
      List.of("R1FS_ID", "R1FS_RELAY", "GIT_BRANCH", "CONDA_ENV");

  private NodeStatus() {}

  /**
   * Composes the object.
   *
   * @param broker the broker in use, without credentials
   */
  static ObjectNode compose(NodeProfile node, MachineFacts machine, String broker, Instant now) {
    ObjectNode status = Json.object();
    status.put("CURRENT_TIME", WireTime.micros(now));
    status.put("TIMESTAMP", COMPACT.format(now.atOffset(ZoneOffset.UTC)));
    status.put("DEVICE_STATUS", "ONLINE");
    status.put("COMM_RELAY", broker);
    node(status, node);
    machine(status, machine);
    neutral(status);
    return status;
  }

  private static void node(ObjectNode status, NodeProfile node) {
    status.put("EE_ADDR", node.address().text());
    status.put("EE_IS_SUPER", node.oracle());
    status.put("EE_HB_TIME", Math.max(1, node.interval().toSeconds()));
    var whitelist = status.putArray("EE_WHITELIST");
    node.whitelist().stream().map(NodeAddress::withoutPrefix).forEach(whitelist::add);
    status.put("EE_FORMATTER", "");
    status.put("SECURED", true);
    status.put("LOGGER_VERSION", node.sdkVersion());
  }

  private static void machine(ObjectNode status, MachineFacts machine) {
    status.put("MACHINE_IP", machine.ip());
    status.put("MACHINE_MEMORY", gigabytes(machine.memory()));
    status.put("AVAILABLE_MEMORY", gigabytes(machine.availableMemory()));
    status.put("PROCESS_MEMORY", gigabytes(machine.processMemory()));
    status.put("IS_ALERT_RAM", machine.availableMemory() < RAM_ALERT * machine.memory());
    status.put("CPU_USED", rounded(100 * machine.cpuLoad(), 10));
    status.put("CPU_NR_CORES", machine.cores());
    status.put("CPU", machine.cpu());
    status.put("TOTAL_DISK", gigabytes(machine.disk()));
    status.put("AVAILABLE_DISK", gigabytes(machine.availableDisk()));
    status.put("UPTIME", rounded(machine.uptime().toMillis() / 1000.0, 1000));
    // Genuine readers show this field as it is; a Java version tells them more than none.
    status.put("PY_VER", machine.runtime());
  }

  private static void neutral(ObjectNode status) {
    status.put("NR_INFERENCES", 0);
    status.put("NR_PAYLOADS", 0);
    status.put("NR_STREAMS_DATA", 0);
    status.put("GPUS", "No GPU is used");
    status.put("GPU_INFO", "");
    status.put("DEFAULT_CUDA", "cpu");
    status.put("DID", false);
    status.put("R1FS_ONLINE", false);
    status.put("IN_KB", 0.0);
    status.put("OUT_KB", 0.0);
    ObjectNode temperature = status.putObject("TEMPERATURE_INFO");
    temperature.put("message", "No temperature is measured");
    temperature.putObject("temperatures");
    temperature.put("max_temp", 0);
    temperature.put("max_temp_sensor", "");
    ObjectNode timings = status.putObject("LOOPS_TIMINGS");
    timings.put("main_loop_avg_time", 0.0);
    timings.put("comm_loop_avg_time", 0.0);
    status.put("TIMERS", "Timers not available in summary");
    status.put("DEVICE_LOG", "Device log available only upon request or in special situations");
    status.put("ERROR_LOG", "Error log available only upon request or in special situations");
    EMPTY_LISTS.forEach(status::putArray);
    EMPTY_OBJECTS.forEach(status::putObject);
    NULLS.forEach(status::putNull);
  }

  private static double gigabytes(long bytes) {
    return rounded(bytes / GIGABYTE, 1000);
  }

  private static double rounded(double value, int parts) {
    return Math.round(value * parts) / (double) parts;
  }
}

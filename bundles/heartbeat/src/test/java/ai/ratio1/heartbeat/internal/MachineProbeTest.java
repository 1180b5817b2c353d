package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.heartbeat.internal.core.MachineFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineProbeTest {

  @TempDir Path folder;

  @Test
  void looksAtThisMachine() {
    MachineFacts facts = new MachineProbe(folder, "").look();
    assertThat(facts.memory()).isGreaterThan(1L << 28);
    assertThat(facts.availableMemory()).isPositive().isLessThanOrEqualTo(facts.memory());
    assertThat(facts.processMemory()).isGreaterThan(10L << 20).isLessThan(facts.memory());
    assertThat(facts.cpuLoad()).isBetween(0.0, 1.0);
    assertThat(facts.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(facts.disk()).isGreaterThanOrEqualTo(facts.availableDisk());
    assertThat(facts.availableDisk()).isPositive();
    assertThat(facts.uptime()).isPositive();
    assertThat(facts.ip()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    assertThat(facts.cpu()).isNotBlank();
    assertThat(facts.runtime()).startsWith("17");
  }

  @Test
  void prefersWhatLinuxSaysOfAvailableMemory() throws Exception {
    Path proc = folder.resolve("proc");
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:    1234 kB\n");
    Files.writeString(proc.resolve("self/status"), "Name: java\nVmRSS:\t 77 kB\n");
    Files.writeString(proc.resolve("cpuinfo"), "processor : 0\nmodel name\t: Fast CPU\n");
    MachineFacts facts = new MachineProbe(folder, "203.0.113.9", proc).look();
    assertThat(facts.availableMemory()).isEqualTo(1234 * 1024);
    assertThat(facts.processMemory()).isEqualTo(77 * 1024);
    assertThat(facts.cpu()).isEqualTo("Fast CPU");
    assertThat(facts.ip()).isEqualTo("203.0.113.9");
  }

  @Test
  void managesWithoutLinuxAndWithGarbage() throws Exception {
    MachineFacts without = new MachineProbe(folder, "", folder.resolve("none")).look();
    assertThat(without.availableMemory()).isPositive();
    assertThat(without.processMemory()).isPositive();
    assertThat(without.cpu()).isEqualTo(System.getProperty("os.arch"));
    Path proc = folder.resolve("proc");
    Files.createDirectories(proc);
    Files.write(proc.resolve("meminfo"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    assertThat(new MachineProbe(folder, "", proc).look().availableMemory()).isPositive();
    Files.writeString(proc.resolve("meminfo"), "MemAvailable: -5 kB\n");
    assertThat(new MachineProbe(folder, "", proc).look().availableMemory()).isPositive();
    MachineFacts nowhere = new MachineProbe(folder.resolve("no/such"), "").look();
    assertThat(nowhere.disk()).isZero();
  }
}

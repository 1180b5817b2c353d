package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.NodeClass;
import ai.ratio1.hardware.UnknownFact;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files may hold anything: then a fact is unknown, and nothing else happens. */
class HostileFactsTest {

  private static final String BOARD = "intel-nuc-13";

  @TempDir Path root;

  @BeforeEach
  void copiesABoard() throws IOException {
    copy(Boards.FIXTURES.resolve(BOARD), root);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  @Test
  void theBoardItselfRaisesNoDoubts() throws IOException {
    assertThat(look().unknown()).isEmpty();
    assertThat(look().suitability().nodeClass()).isEqualTo(NodeClass.FULL);
  }

  @Test
  void tenMegabytesOfCpuinfo() throws IOException {
    Files.write(
        file("proc/cpuinfo"), "flags : lm\n".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
    HardwareReport report = look();
    assertThat(report.first(HardwareKind.CPU)).doesNotContainKeys("features", "level", "model");
    assertThat(report.unknown()).extracting(UnknownFact::what).contains("proc/cpuinfo");
  }

  @Test
  void aMillionProcessors() throws IOException {
    Files.write(
        file("proc/cpuinfo"),
        "processor\t: 0\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
    assertThat(look().first(HardwareKind.CPU)).doesNotContainKey("features");
    assertThat(doubted()).contains("proc/cpuinfo");
  }

  @Test
  void linksThatLeadInCircles() throws IOException {
    Path a = file("proc/meminfo");
    Path b = file("proc/other");
    Files.delete(a);
    Files.createSymbolicLink(a, b.getFileName());
    Files.createSymbolicLink(b, a.getFileName());
    Path disks = file("sys/block/sdb");
    Files.createSymbolicLink(disks, Path.of("sdb"));
    HardwareReport report = look();
    assertThat(report.first(HardwareKind.MEMORY)).isEmpty();
    assertThat(report.suitability().nodeClass()).isEqualTo(NodeClass.UNDECIDED);
    assertThat(report.suitability().reasons()).contains("memory.bytes is unknown");
    assertThat(doubted()).contains("proc/meminfo");
  }

  @Test
  void linksThatLeadNowhereOrOut() throws IOException {
    replaceByLink("proc/meminfo", Path.of("/etc/hostname"));
    replaceByLink("sys/class/dmi/id/sys_vendor", Path.of("nowhere"));
    HardwareReport report = look();
    assertThat(report.first(HardwareKind.MEMORY)).isEmpty();
    assertThat(report.first(HardwareKind.BOARD)).doesNotContainKey("vendor");
    assertThat(doubted()).contains("proc/meminfo", "sys/class/dmi/id/sys_vendor");
  }

  @Test
  void nulBytes() throws IOException {
    Files.writeString(file("proc/meminfo"), "MemTotal: 1\0 kB\n");
    Files.writeString(file("sys/class/dmi/id/product_name"), "a\0b\n");
    HardwareReport report = look();
    assertThat(report.first(HardwareKind.MEMORY)).isEmpty();
    assertThat(report.first(HardwareKind.BOARD)).doesNotContainKey("model");
  }

  @Test
  void whatCannotBeReadAsAFile() throws IOException {
    Files.delete(file("proc/cpuinfo"));
    Files.createDirectory(file("proc/cpuinfo"));
    Files.delete(file("proc/meminfo"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(file("proc/meminfo")));
      HardwareReport report = look();
      assertThat(report.first(HardwareKind.MEMORY)).isEmpty();
      assertThat(report.first(HardwareKind.CPU)).doesNotContainKey("features");
      assertThat(doubted()).contains("proc/cpuinfo", "proc/meminfo");
    }
  }

  @Test
  void contradictions() throws IOException {
    Files.writeString(file("proc/sys/kernel/arch"), "aarch64\n");
    Files.writeString(file("sys/devices/system/cpu/online"), "0-63\n");
    Files.writeString(file("proc/meminfo"), "MemTotal: 1 kB\nMemTotal: 2 kB\n");
    HardwareReport report = look();
    assertThat(report.first(HardwareKind.CPU))
        .doesNotContainKeys("arch", "bits", "threads", "level");
    assertThat(report.first(HardwareKind.MEMORY)).isEmpty();
    assertThat(report.choice().profile()).isEmpty();
    assertThat(report.suitability().nodeClass()).isEqualTo(NodeClass.UNDECIDED);
    assertThat(doubted()).contains("architecture", "sys/devices/system/cpu/online", "proc/meminfo");
  }

  @Test
  void numbersThatAreNone() throws IOException {
    Files.writeString(file("sys/block/nvme0n1/size"), "999999999999999999\n");
    Files.writeString(file("sys/block/nvme0n1/queue/rotational"), "7\n");
    Files.writeString(file("sys/class/thermal/thermal_zone0/temp"), "999999\n");
    Files.writeString(file("sys/class/tpm/tpm0/tpm_version_major"), "-2\n");
    HardwareReport report = look();
    assertThat(report.facts(HardwareKind.STORAGE)).isEmpty();
    assertThat(report.first(HardwareKind.TPM)).doesNotContainKey("version");
    assertThat(report.unknown()).hasSize(4);
  }

  @Test
  void controlGroupsThatClimbOut() throws IOException {
    Files.writeString(file("proc/self/cgroup"), "0::/../../../../etc\n");
    assertThat(look().first(HardwareKind.CONFINEMENT)).doesNotContainKey("memory.bytes");
    assertThat(doubted()).contains("proc/self/cgroup");
  }

  @Test
  void moreDevicesThanAnyMachineHas() throws IOException {
    for (int i = 0; i < 5000; i++) {
      Files.createDirectory(file("sys/class/tpm/tpm" + i + "x"));
    }
    for (int i = 0; i < 300; i++) {
      Files.createDirectories(file("sys/class/watchdog/watchdog" + i));
    }
    assertThat(look().facts(HardwareKind.TPM)).isEmpty();
    assertThat(look().facts(HardwareKind.WATCHDOG)).hasSize(64);
  }

  @Test
  void anEmptyMachine(@TempDir Path empty) throws IOException {
    HardwareReport report = Boards.look(empty);
    assertThat(report.facts()).isEmpty();
    assertThat(report.suitability().nodeClass()).isEqualTo(NodeClass.UNDECIDED);
    assertThat(Boards.look(empty.resolve("missing")).facts()).isEmpty();
  }

  /** Every file of the board in turn, and several at a time, with bytes of a seeded generator. */
  @Test
  void anythingAtAll() throws IOException {
    Random random = new Random(5);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (int round = 0; round < 120; round++) {
      Path victim = files.get(random.nextInt(files.size()));
      byte[] original = Files.readAllBytes(victim);
      Files.write(victim, garbage(original, random));
      HardwareReport report = look();
      assertThat(report.facts()).isNotEmpty();
      assertThat(report.unknown()).hasSizeLessThanOrEqualTo(64);
      if (random.nextInt(4) > 0) {
        Files.write(victim, original);
      }
    }
  }

  private static byte[] garbage(byte[] original, Random random) {
    byte[] bytes = original.clone();
    if (bytes.length == 0 || random.nextInt(3) == 0) {
      bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
    }
    for (int i = 0; i < 1 + bytes.length / 50 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private List<String> doubted() throws IOException {
    return look().unknown().stream().map(UnknownFact::what).toList();
  }

  private void replaceByLink(String path, Path target) throws IOException {
    Files.delete(file(path));
    Files.createSymbolicLink(file(path), target);
  }

  private Path file(String path) {
    return root.resolve(path);
  }

  private HardwareReport look() throws IOException {
    return Boards.look(root);
  }
}

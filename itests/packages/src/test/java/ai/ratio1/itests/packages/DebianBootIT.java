package ai.ratio1.itests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node as a service: on systemd, on the Debian releases and the Javas they have. */
@Tag("long")
class DebianBootIT {

  private static final String UNIT = "ratio1-node.service";

  /** Of 100; to systemd everything below 50 is OK. */
  private static final String EXPOSURE = "20";

  @TempDir Path folder;

  @AfterEach
  void deletesTheCopy() throws Exception {
    DebianPackage.said("rm", "-rf", folder.resolve("root").toString());
  }

  @ParameterizedTest
  @CsvSource({"bookworm, 17", "trixie, 21"})
  void theServiceRunsFromInstallationToPurge(String release, String java) throws Exception {
    DebianRoot root =
        DebianRoot.made(
                Path.of("target", "debian-" + release).toAbsolutePath(),
                release,
                List.of(
                    "systemd-sysv", "dbus", "adduser", "curl", "openjdk-" + java + "-jre-headless"))
            .copy(folder.resolve("root"));
    DebianPackage made = DebianPackage.felix();
    String file = root.put(made);
    String newer = root.put(made.version("99.0", folder));
    String key;
    try (DebianMachine machine = DebianMachine.boot(root, folder.resolve("console.log"))) {
      machine.does("dpkg", "--install", file);
      key = runs(machine, root);
      hasTheJava(machine, java);
      isConfined(machine);
      comesBackWhenItIsKilled(machine);
      stopsWithoutComplaint(machine);
      machine.does("systemctl", "start", UNIT);
      assertThat(runs(machine, root)).isEqualTo(key);
      String before = pid(machine);
      machine.does("dpkg", "--install", newer);
      assertThat(pid(machine)).as("runs anew after an upgrade").isNotEqualTo(before);
      assertThat(runs(machine, root)).isEqualTo(key);
    }
    try (DebianMachine again = DebianMachine.boot(root, folder.resolve("console.log"))) {
      assertThat(runs(again, root)).as("after a reboot").isEqualTo(key);
      again.does("dpkg", "--remove", "ratio1-node");
      assertThat(shown(again))
          .containsEntry("ActiveState", "inactive")
          .containsEntry("LoadState", "masked");
      assertThat(root.at(DebianRoot.KEY)).hasContent(key);
      again.does("dpkg", "--purge", "ratio1-node");
      assertThat(root.at(DebianRoot.STATE)).doesNotExist();
    }
  }

  private static String runs(DebianMachine machine, DebianRoot root) throws Exception {
    machine.await("ratio1-check", () -> machine.run("ratio1-check").status() == 0);
    assertThat(shown(machine)).containsEntry("ActiveState", "active");
    return Files.readString(root.at(DebianRoot.KEY));
  }

  private static void hasTheJava(DebianMachine machine, String version) throws Exception {
    assertThat(machine.does("readlink", "/proc/" + pid(machine) + "/exe"))
        .contains("java-" + version + "-openjdk");
  }

  private static void isConfined(DebianMachine machine) throws Exception {
    assertThat(machine.does("stat", "--format=%U", "/proc/" + pid(machine))).isEqualTo("ratio1\n");
    assertThat(machine.does("sed", "-n", "s/^CapBnd:\\s*//p", "/proc/" + pid(machine) + "/status"))
        .isEqualTo("0000000000000000\n");
    assertThat(machine.does("id", "--name", "--groups", "ratio1")).contains("video");
    machine.does("systemd-analyze", "security", "--threshold=" + EXPOSURE, "--no-pager", UNIT);
  }

  private static void comesBackWhenItIsKilled(DebianMachine machine) throws Exception {
    String before = pid(machine);
    machine.does("systemctl", "kill", "--signal=KILL", UNIT);
    machine.await("a restart", () -> !shown(machine).get("NRestarts").equals("0"));
    machine.await("a running node", () -> machine.run("ratio1-check").status() == 0);
    assertThat(pid(machine)).isNotEqualTo(before);
  }

  private static void stopsWithoutComplaint(DebianMachine machine) throws Exception {
    machine.does("systemctl", "stop", UNIT);
    assertThat(shown(machine))
        .containsEntry("ActiveState", "inactive")
        .containsEntry("Result", "success");
  }

  private static String pid(DebianMachine machine) throws Exception {
    return shown(machine).get("MainPID");
  }

  private static Map<String, String> shown(DebianMachine machine) throws Exception {
    String properties = "--property=LoadState,ActiveState,Result,MainPID,NRestarts";
    return Arrays.stream(machine.does("systemctl", "show", properties, UNIT).split("\n"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}

package ai.ratio1.itests.packages;

import static ai.ratio1.itests.packages.DebianRoot.KEY;
import static ai.ratio1.itests.packages.DebianRoot.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.packages.DebianPackage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages on a real Debian: installed, upgraded, removed, purged. Needs root. */
@Tag("long")
class DebianInstallIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SETTINGS = "/etc/ratio1/node.json";
  private static final String PLUGINS = "/opt/eclipse/kura/plugins";

  private static DebianRoot debian;

  @TempDir Path folder;

  @BeforeAll
  static void makesARoot() throws IOException, InterruptedException {
    debian =
        DebianRoot.made(
            Path.of("target", "debian").toAbsolutePath(),
            "bookworm",
            List.of("adduser", "init-system-helpers", "curl", "openjdk-17-jre-headless"));
  }

  /** Before JUnit does it, which warns of every link that leads out of the folder. */
  @AfterEach
  void deletesTheCopy() throws IOException, InterruptedException {
    DebianPackage.said("rm", "-rf", folder.resolve("root").toString());
  }

  @Test
  void theNodeInstallsRunsUpgradesAndGoes() throws Exception {
    DebianRoot root = debian.copy(folder.resolve("root"));
    DebianPackage made = DebianPackage.felix();
    String installed = root.does("dpkg", "--install", root.put(made));
    assertThat(installed).contains("/etc/ratio1/node.json", "ratio1-check");
    assertThat(root.stat(STATE)).isEqualTo("ratio1:ratio1 700");
    assertThat(root.stat(SETTINGS)).isEqualTo("root:ratio1 640");
    assertThat(root.does("readlink", STATE + "/conf")).isEqualTo("/etc/ratio1\n");
    assertThat(root.does("r1", "--version")).isNotBlank();
    assertThat(root.run("ratio1-check"))
        .satisfies(o -> assertThat(o.status()).isEqualTo(1))
        .satisfies(o -> assertThat(o.said()).contains("does not run"));

    setting(root, "{\"ai.ratio1.http\": {\"host\": \"127.0.0.1\", \"port:Integer\": 0}}");
    String key = runs(root);
    assertThat(root.stat(KEY)).isEqualTo("ratio1:ratio1 600");

    DebianPackage newer = made.version("99.0", folder);
    root.does("dpkg", "--install", root.put(newer));
    assertThat(Files.readString(root.at(SETTINGS))).contains("\"port:Integer\": 0");
    assertThat(root.stat(SETTINGS)).isEqualTo("root:ratio1 640");
    assertThat(runs(root)).isEqualTo(key);
    // Downwards, too.
    root.does("dpkg", "--install", "/root/" + made.file().getFileName());
    assertThat(runs(root)).isEqualTo(key);

    assertThat(root.does("dpkg", "--remove", "ratio1-node")).contains("a purge deletes");
    assertThat(root.at("/opt/ratio1")).doesNotExist();
    assertThat(root.at("/usr/bin/r1")).doesNotExist();
    assertThat(root.at(KEY)).exists();
    assertThat(root.at(SETTINGS)).exists();
    root.does("dpkg", "--install", "/root/" + made.file().getFileName());
    assertThat(runs(root)).isEqualTo(key);

    root.does("dpkg", "--purge", "ratio1-node");
    assertThat(root.at(STATE)).doesNotExist();
    assertThat(root.at("/etc/ratio1")).doesNotExist();
    assertThat(root.at("/etc/default/ratio1-node")).doesNotExist();
    assertThat(root.run("getent", "passwd", "ratio1").status()).isNotZero();
  }

  @Test
  void aSettingsFileOfAnInstallationByHandStays() throws Exception {
    DebianRoot root = debian.copy(folder.resolve("root"));
    Files.createDirectories(root.at(STATE + "/conf"));
    Files.writeString(root.at(STATE + "/conf/node.json"), "{}");
    root.does("dpkg", "--install", root.put(DebianPackage.felix()));
    assertThat(root.at(STATE + "/conf")).isDirectory();
    assertThat(Files.isSymbolicLink(root.at(STATE + "/conf"))).isFalse();
    assertThat(root.at(STATE + "/conf/node.json")).hasContent("{}");
  }

  @Test
  void theGatewaysPackageGivesItsFilesToKuraAndKeepsState() throws Exception {
    DebianRoot root = debian.copy(folder.resolve("root"));
    DebianPackage made = DebianPackage.kura();
    String file = root.put(made);
    Outcome alone = root.run("dpkg", "--install", file);
    assertThat(alone.status()).isNotZero();
    assertThat(alone.said()).contains("depends on kura-core (>= 6)");
    root.does("dpkg", "--purge", "ratio1-node-kura");

    root.does("dpkg", "--install", root.put(core()));
    assertThat(root.does("dpkg", "--install", file)).contains("systemctl restart kura");
    String jar =
        PLUGINS + "/6s/" + root.does("ls", PLUGINS + "/6s").lines().findFirst().orElseThrow();
    assertThat(root.stat(jar)).isEqualTo("kurad:kurad 600");
    assertThat(root.run("ratio1-check").said()).contains("Kura's console does not answer");
    Outcome both = root.run("dpkg", "--install", root.put(DebianPackage.felix()));
    assertThat(both.said()).contains("conflicting packages");

    Path state = root.at("/opt/eclipse/kura/data/ratio1/identity");
    Files.createDirectories(state);
    root.does("dpkg", "--install", root.put(made.version("99.0", folder)));
    assertThat(root.stat(jar)).isEqualTo("kurad:kurad 600");
    root.does("dpkg", "--remove", "ratio1-node-kura");
    assertThat(root.at(jar)).doesNotExist();
    assertThat(root.at(PLUGINS + "/6s/of.kura.jar")).exists();
    assertThat(state).exists();
    root.does("dpkg", "--purge", "ratio1-node-kura");
    assertThat(state.getParent()).doesNotExist();
    assertThat(state.getParent().getParent()).exists();
  }

  /** What the package needs of Kura itself: its user and its folders. */
  private DebianPackage core() throws IOException, InterruptedException {
    Path tree = folder.resolve("core");
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.createDirectories(tree.resolve("opt/eclipse/kura/plugins/6s"));
    Files.createDirectories(tree.resolve("opt/eclipse/kura/data"));
    Files.createFile(tree.resolve("opt/eclipse/kura/plugins/6s/of.kura.jar"));
    Files.writeString(
        tree.resolve("DEBIAN/control"),
        """
        Package: kura-core
        Version: 6.0.0
        Architecture: all
        Maintainer: nobody <nobody@example.invalid>
        Description: what the package of the node needs of Kura
        """);
    Path script = tree.resolve("DEBIAN/postinst");
    Files.writeString(script, "#!/bin/sh\nset -e\nadduser --quiet --system --group kurad\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path to = folder.resolve("kura-core.deb");
    DebianPackage.said("dpkg-deb", "--build", tree.toString(), to.toString());
    return new DebianPackage(to);
  }

  private static void setting(DebianRoot root, String json) throws IOException {
    // Written into, not replaced: owner and mode are under test.
    Files.writeString(root.at(SETTINGS), json, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Runs the node until the check is content, and gives its key. */
  private String runs(DebianRoot root) throws IOException, InterruptedException {
    Path log = folder.resolve("console.log");
    Process node = root.start("ratio1", log, "/opt/ratio1/bin/ratio1-node", "--stop-with-stdin");
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      Outcome check = root.run("ratio1-check");
      while (check.status() != 0 && node.isAlive() && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        check = root.run("ratio1-check");
      }
      assertThat(check.said())
          .as("the console says: %s", Files.readString(log))
          .isEqualTo("Every bundle of the node is active.\n");
      return Files.readString(root.at(KEY));
    } finally {
      node.getOutputStream().close();
      if (!node.waitFor(1, TimeUnit.MINUTES)) {
        node.destroyForcibly();
      }
    }
  }
}

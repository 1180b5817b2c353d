package ai.ratio1.itests.network;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.client.NodeClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as its users type it. */
class CommandsIT {

  @TempDir Path folder;

  private CommandLine r1;
  private String ports;

  @BeforeEach
  void prepare() {
    r1 = new CommandLine(folder, TestAppliance.ORIGINAL.resolve("bin/r1"));
    ports = Integer.toString(TestNetwork.freePorts());
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    r1.run("down");
  }

  @Test
  void helpAndJsonAreThere() throws Exception {
    CommandLine.Result help = r1.run("epoch", "explain", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("Usage: r1 epoch explain", "--output");
    assertThat(r1.run("down", "--output", "json").json().path("stopped").asBoolean()).isFalse();
  }

  @Test
  void whatCannotWorkIsASentenceAndANextStep() throws Exception {
    CommandLine.Result nothing = r1.run("status").requireNoStackTrace();
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err()).contains("R1-DEVNET-006", "./r1 up");

    CommandLine.Result json = r1.run("status", "--output", "json").requireNoStackTrace();
    assertThat(json.err()).contains("\"code\":\"R1-DEVNET-006\"");

    assertThat(r1.run("up", "--epoch", "3").requireNoStackTrace().status()).isEqualTo(2);
    assertThat(r1.run("fly").requireNoStackTrace().status()).isEqualTo(2);

    try (ServerSocket taken =
        new ServerSocket(Integer.parseInt(ports) + 83, 1, InetAddress.getLoopbackAddress())) {
      CommandLine.Result result = r1.run("up", "--port-base", ports).requireNoStackTrace();
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("R1-DEVNET-001", Integer.toString(taken.getLocalPort()));
    }

    CommandLine.Result chainless =
        new CommandLine(folder, TestAppliance.ORIGINAL.resolve("bin/r1"))
            .with("R1_NPM_PACKAGES", "/nowhere")
            .run("up", "--port-base", ports)
            .requireNoStackTrace();
    assertThat(chainless.status()).isEqualTo(1);
    assertThat(chainless.err()).contains("R1-DEVNET-003", "anvil");
  }

  @Test
  void aNetworkIsUsedStoppedAndContinued() throws Exception {
    CommandLine.Running up = r1.start("up", "--epoch", "10", "--port-base", ports);
    awaitOutput(up, "The network is up.");
    assertThat(r1.run("up", "--port-base", ports).requireNoStackTrace().err())
        .contains("R1-DEVNET-002", "./r1 down");

    JsonNode status = r1.run("status", "--output", "json").json();
    assertThat(status.toString()).contains("oracle-1", "edge-2", "stranger");
    assertThat(r1.run("deed", "list").out()).contains("ND-1", "olga", "oracle-1");
    assertThat(r1.run("logs", "edge-1", "--help").status()).isZero();
    assertThat(r1.run("logs", "edge-1").out()).contains("ai.ratio1".substring(0, 2));

    CommandLine.Result bought = r1.run("deed", "buy", "--owner", "bob", "--output", "json");
    assertThat(bought.status()).as(bought.err()).isZero();
    assertThat(r1.run("deed", "link", "ND-7", "stranger").status()).isZero();

    awaitOutput(up, "R1 for ND-5");
    CommandLine.Result explained = r1.run("epoch", "explain", "0", "edge-1");
    assertThat(explained.out()).contains("certified", "edge-1", "signed by", "oracle-1");
    CommandLine.Result chosen = r1.run("oracle", "choose", "--output", "json");
    assertThat(chosen.status()).as(chosen.err()).isZero();
    assertThat(chosen.json().path("oracles")).hasSize(4);
    assertThat(chosen.json().path("failure").doubleValue()).isBetween(0.0, 1.0);
    CommandLine.Result claimed = r1.run("claim", "ND-5", "--output", "json");
    assertThat(claimed.status()).as(claimed.err()).isZero();
    assertThat(claimed.json().has("amount")).isTrue();
    assertThat(r1.run("deed", "unlink", "ND-7").status()).isZero();

    String founded = Files.readString(folder.resolve("devnet/network.json"));
    assertThat(r1.run("down").out()).contains("stopped");
    assertThat(up.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    up.result().requireNoStackTrace();

    CommandLine.Result again = r1.run("up", "--once").requireNoStackTrace();
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("recorded", "claims");
    assertThat(Files.readString(folder.resolve("devnet/network.json"))).isEqualTo(founded);
    assertThat(r1.run("reset").out()).contains("deleted");
  }

  @Test
  void whatTheFirstCommandNeedsIsSaidInOneCommand() throws Exception {
    // Somebody without rights on a machine without Node.
    Path clone = Files.createDirectory(folder.resolve("clone"));
    Path script = Files.copy(TestAppliance.CLONE.resolve("r1"), clone.resolve("r1"));
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : List.of("bash", "dirname", "tr", "cat", "readlink", "apt-get", "env")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
    }
    Path id = Files.writeString(bin.resolve("id"), "#!/bin/bash\necho 1000\n");
    assertThat(id.toFile().setExecutable(true)).isTrue();
    CommandLine.Result result =
        new CommandLine(folder, script)
            .with("PATH", bin.toString())
            .run("up")
            .requireNoStackTrace();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("sudo apt-get", "nodejs", "npm");
  }

  @Test
  void withoutANetworkTheFirstBuildSaysSo() throws Exception {
    Path clone = Files.createDirectory(folder.resolve("clone"));
    for (String name : List.of("r1", "mvnw", "pom.xml", ".mvn")) {
      copyTree(TestAppliance.CLONE.resolve(name), clone.resolve(name));
    }
    // Root needs no user namespace, which a changed root would not get.
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    CommandLine.Result result =
        new CommandLine(folder, Path.of("/usr/bin/unshare"))
            .with("HOME", folder.toString())
            .with("MAVEN_USER_HOME", folder.resolve("m2").toString())
            .run("--net", root ? "--" : "--map-root-user", clone.resolve("r1").toString(), "up")
            .requireNoStackTrace();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("the build failed", "without a network", "build.log");
  }

  @Test
  void aNodeStartsFromTheArchive() throws Exception {
    Path archive;
    try (Stream<Path> files = Files.list(TestAppliance.ORIGINAL.getParent())) {
      archive = files.filter(f -> f.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    Path home = Files.createDirectory(folder.resolve("home"));
    int unpacked =
        new ProcessBuilder(
                "tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1")
            .start()
            .waitFor();
    assertThat(unpacked).isZero();
    CommandLine.Running node =
        new CommandLine(folder, home.resolve("bin/ratio1-node"))
            .with("R1_NODE_FOLDER", folder.resolve("node").toString())
            .start();
    try {
      NodeClient client = new NodeClient(URI.create("http://127.0.0.1:31240"));
      Await.until(
          "an answer of the node",
          Duration.ofSeconds(120),
          () -> client.get("/healthz").path("status").asText().equals("ok"));
      assertThat(client.get("/v1/status").path("alias").asText()).isEqualTo("my-node");
      assertThat(client.get("/v1/status").path("ready").asBoolean()).isFalse();
      assertThat(folder.resolve("node/data/identity/e2.pem")).exists();
    } finally {
      node.process().destroy();
    }
    assertThat(node.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()), COPY_ATTRIBUTES);
      }
    }
  }

  private static void awaitOutput(CommandLine.Running command, String text) {
    Await.until(
        "the output '" + text + "'",
        Duration.ofSeconds(180),
        () -> {
          try {
            if (!command.process().isAlive()) {
              throw new AssertionError("ended: " + command.result());
            }
            return command.output().contains(text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}

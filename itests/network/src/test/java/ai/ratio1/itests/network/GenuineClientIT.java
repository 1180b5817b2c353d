package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The genuine SDK asks our oracles and checks what they sign. It brings so much Python along that
 * only the long run installs it, once, into an environment of its own.
 */
@Tag("long")
class GenuineClientIT {

  private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
  private static final Path ENVIRONMENT = Path.of("target", "genuine-sdk").toAbsolutePath();
  private static final Duration INSTALLING = Duration.ofMinutes(10);
  private static final Duration ASKING = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void theGenuineSdkBelievesOurOracles() throws Exception {
    install();
    try (TestNetwork network =
        TestNetwork.inThisJvm(
            folder.resolve("devnet"), BrokerKind.EMBEDDED, TestAppliance.original())) {
      network.licensed().forEach(network::awaitReady);
      // Lists of nodes need two epochs that are over.
      network.assertAgreed(1);
      network.assertAgreed(2);
      List<String> command = new ArrayList<>();
      command.add(ENVIRONMENT.resolve("bin/python").toString());
      command.add(SCRIPTS.resolve("genuine_oracle_client.py").toString());
      command.add(folder.resolve("sdk").toString());
      for (String oracle : network.oracles()) {
        command.add(network.devnet().network().node(oracle).address().toString());
      }
      String said = run(ASKING, command);
      JsonNode checked = new ObjectMapper().readTree(said.substring(said.lastIndexOf('{')));
      assertThat(checked.path("oracles").intValue()).isEqualTo(4);
      // Six nodes, each alone and among others, of four oracles.
      assertThat(checked.path("claims").intValue()).isEqualTo(48);
    }
  }

  private void install() throws Exception {
    Path done = ENVIRONMENT.resolve("installed.txt");
    Path wanted = SCRIPTS.resolve("requirements.txt");
    if (Files.exists(done) && Files.readString(done).equals(Files.readString(wanted))) {
      return;
    }
    run(INSTALLING, List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
    String pip = ENVIRONMENT.resolve("bin/pip").toString();
    run(INSTALLING, List.of(pip, "install", "--quiet", "-r", wanted.toString()));
    Files.writeString(done, Files.readString(wanted));
  }

  private String run(Duration patience, List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
      String said = Files.readString(output);
      assertThat(ended).as("%s ends: %s", command, said).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}

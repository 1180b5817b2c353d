package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.client.NodeClient;
import ai.ratio1.launcher.BundleFolder;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.launcher.NodeFramework;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is configured, started, and configured again. */
class ConfigurationIT {

  @TempDir Path folder;

  @Test
  void everyStartAppliesWhatTheOperatorChangedAddedAndRemoved() throws IOException {
    int port = TestNetwork.freePorts() + 101;
    comesUp(port, "\"alias\": \"first\"", "first");
    comesUp(port, "\"alias\": \"second\"", "second");
    comesUp(port + 1, "\"alias\": \"third\"", "third");
    comesUp(port + 1, "", "ratio1-node");
    comesUp(port + 1, "\"alias\": \"second\"", "second");
  }

  private void comesUp(int port, String rest, String alias) throws IOException {
    NodeFolder node = new NodeFolder(folder.resolve("node"));
    Files.createDirectories(node.configuration().getParent());
    Files.writeString(
        node.configuration(),
        "{\"ai.ratio1.http\": {\"port:Integer\": %d}, \"ai.ratio1.rest\": {%s}}"
            .formatted(port, rest));
    Path appliance = TestAppliance.ORIGINAL;
    List<Path> features =
        List.of(appliance.resolve("features/base.json"), appliance.resolve("features/node.json"));
    try (NodeFramework started =
        NodeFramework.start(
            BundleFolder.of(appliance.resolve("bundles")), features, node, Clock.systemUTC())) {
      assertThat(started.isActive()).isTrue();
      NodeClient client = new NodeClient(URI.create("http://127.0.0.1:" + port));
      // The settings of the start before count until those of the file have been read.
      Await.until(
          alias + " at " + port,
          Duration.ofSeconds(60),
          () -> client.get("/v1/status").path("alias").asText().equals(alias));
    }
  }
}

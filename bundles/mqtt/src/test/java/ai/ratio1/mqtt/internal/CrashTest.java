package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CrashTest {

  @TempDir Path folder;

  @Test
  void whatWasPublishedSurvivesTheEndOfTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingPublisher.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int published = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      while (published < 1500) {
        published = Integer.parseInt(lines.readLine()) + 1;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (Outbox outbox = CrashingPublisher.open(folder)) {
      outbox.online();
      for (int i = 0; i < published; i++) {
        var next = outbox.next().orElseThrow();
        String text = new String(next.payload(), StandardCharsets.UTF_8);
        assertThat(text).isEqualTo(i + " ".repeat(i % 5000));
        outbox.taken(next.id());
      }
    }
  }
}

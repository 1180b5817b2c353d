package ai.ratio1.mqtt.internal;

import ai.ratio1.transport.Quality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** A process that publishes until it is killed, and says what it has published. */
final class CrashingPublisher {

  private CrashingPublisher() {}

  public static void main(String[] arguments) {
    Outbox outbox = open(Path.of(arguments[0]));
    for (int i = 0; ; i++) {
      String text = i + " ".repeat(i % 5000);
      outbox.publish("t", text.getBytes(StandardCharsets.UTF_8), Quality.AT_LEAST_ONCE);
      System.out.println(i);
    }
  }

  static Outbox open(Path folder) {
    return new Outbox(
        folder,
        MqttSettings.of(Node.config(Map.of("outbox_bytes", 1 << 30, "outbox_messages", 1_000_000))),
        Environment.of(Clock.systemUTC(), System::nanoTime, new SecureRandom()));
  }
}

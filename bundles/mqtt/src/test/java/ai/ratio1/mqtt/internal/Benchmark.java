package ai.ratio1.mqtt.internal;

import ai.ratio1.broker.internal.BrokerEngine;
import ai.ratio1.broker.internal.MosquittoEngine;
import ai.ratio1.transport.Quality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Measures what docs/reference/mqtt.md says: how long a publisher waits for the disk, and how many
 * messages a second reach a broker on this machine. Argument: a folder on the disk to measure.
 */
final class Benchmark {

  private static final int COUNT = 20_000;
  private static final Map<String, Object> LIMITS =
      Map.of("outbox_messages", 1_000_000, "outbox_bytes", 1 << 30);

  private Benchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    for (int size : new int[] {1024, 14 * 1024}) {
      for (int round = 0; round < 3; round++) {
        disk(folder.resolve("disk-" + size + "-" + round), size, true);
      }
      disk(folder.resolve("paced-" + size), size, false);
    }
    Path broker = Files.createDirectories(folder.resolve("broker"));
    try (MosquittoEngine engine = new MosquittoEngine(broker)) {
      engine.start();
      try (Node node = Node.connected(folder.resolve("node"), engine, BrokerEngine.NODE, LIMITS)) {
        for (Quality quality : Quality.values()) {
          for (int round = 0; round < 3; round++) {
            broker(node, quality);
          }
        }
      }
    }
  }

  /** Without a broker: every message is written and stays. */
  private static void disk(Path folder, int size, boolean flatOut) throws Exception {
    int count = flatOut ? COUNT : 500;
    byte[] payload = new byte[size];
    new Random(1).nextBytes(payload);
    long[] times = new long[count];
    long begin;
    try (Node node = new Node(folder, LIMITS)) {
      begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        node.transport.publish("r/ctrl", payload, Quality.AT_LEAST_ONCE);
        times[i] = System.nanoTime() - start;
        if (!flatOut) {
          Thread.sleep(4);
        }
      }
      begin = System.nanoTime() - begin;
    }
    Arrays.sort(times);
    System.out.printf(
        "disk %6d bytes %s: median %d us, 99 %% %d us, 99.9 %% %d us, worst %d us, %d per second%n",
        size,
        flatOut ? "flat out" : "every 4 ms",
        times[count / 2] / 1000,
        times[count * 99 / 100] / 1000,
        times[count * 999 / 1000] / 1000,
        times[count - 1] / 1000,
        count * 1_000_000_000L / begin);
  }

  /** To the broker and acknowledged, with at most 1,000 on their way. */
  private static void broker(Node node, Quality quality) throws Exception {
    byte[] payload = new byte[1024];
    Semaphore room = new Semaphore(1000);
    long begin = System.nanoTime();
    CompletableFuture<?>[] taken = new CompletableFuture<?>[COUNT];
    for (int i = 0; i < COUNT; i++) {
      room.acquire();
      taken[i] =
          node.transport
              .publish("naeural/payloads", payload, quality)
              .whenComplete((done, failure) -> room.release())
              .toCompletableFuture();
    }
    CompletableFuture.allOf(taken).join();
    System.out.printf(
        "broker %s: %d per second%n",
        quality, COUNT * 1_000_000_000L / (System.nanoTime() - begin));
  }
}

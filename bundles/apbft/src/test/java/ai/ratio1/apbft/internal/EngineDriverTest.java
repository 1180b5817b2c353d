package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.apbft.internal.core.DecisionEngine;
import ai.ratio1.apbft.internal.core.Engine;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.DecisionListener;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineDriverTest {

  @TempDir Path folder;

  private final MemoryBroker broker = new MemoryBroker();
  private final Inbox inbox = new Inbox(new SplittableRandom(1), 16, 100);

  @Test
  void saysNothingThatItCouldNotWrite() {
    DurableStore file = DurableStore.open(folder.resolve("rounds.mv"), Duration.ofSeconds(1));
    EngineDriver driver = driver(file, new RoundStore(file, 100));
    inbox.command(
        () -> {
          driver.open(TestNode.round(0, Optional.of(TestNode.table(0))), TestNode.outcome(0));
          // The disk is gone between the vote and the write.
          file.close();
        });
    assertThatThrownBy(driver::run).isInstanceOf(RuntimeException.class);
    assertThat(broker.published()).isEmpty();
  }

  @Test
  void saysItWhenItCould() throws Exception {
    DurableStore file = DurableStore.open(folder.resolve("rounds.mv"), Duration.ofSeconds(1));
    try (RoundStore store = new RoundStore(file, 100)) {
      EngineDriver driver = driver(file, store);
      inbox.command(
          () ->
              driver.open(TestNode.round(0, Optional.of(TestNode.table(0))), TestNode.outcome(0)));
      Thread thread =
          new Thread(
              () -> {
                try {
                  driver.run();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      TestNode.await("a commitment", () -> !broker.published().isEmpty());
      inbox.close();
      thread.join();
      assertThat(store.entries(0)).hasSize(2);
    }
  }

  private EngineDriver driver(DurableStore file, RoundStore store) {
    TestKeys keys = new TestKeys(TestNode.KEYS, 0);
    Environment environment = Environment.of(keys, keys, Bytes32.ZERO, Clock.systemUTC());
    Engine engine =
        new Engine(
            environment.voice(),
            environment.recoverer(),
            store,
            TestNode.OPTIONS.settings(),
            Rules.STANDARD);
    Counters counters = new Counters();
    Outbound outbound = new Outbound("t", 64, counters);
    outbound.use(broker.connect());
    EngineDriver.Line line =
        new EngineDriver.Line(
            outbound,
            counters,
            new Announcements(),
            new Listeners<>(CertificateListener::certified),
            new Listeners<>(DecisionListener::decided));
    DecisionStore decided = new DecisionStore(file, 128);
    DecisionEngine deciding =
        new DecisionEngine(
            environment.voice(),
            environment.recoverer(),
            decided,
            TestNode.OPTIONS.settings(),
            Rules.STANDARD);
    DecisionDriver decisions =
        new DecisionDriver(deciding, decided, environment.clock(), line, new Slots());
    return new EngineDriver(
        environment, engine, store, inbox, line, decisions, decided, new ConcurrentHashMap<>());
  }
}

package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.outcome.Sample;
import ai.ratio1.testing.MovingClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The room with its real threads. */
@Timeout(20)
class WorkerTest {

  @TempDir Path folder;

  private final MovingClock clock = new MovingClock(Sample.SCHEDULE.genesis());
  private final MemoryChain chain = new MemoryChain(clock, 4, 6);
  private final MemoryAgreement agreement = new MemoryAgreement(chain.oracles());

  @Test
  void aSuccessorTakesOverWhileItsPredecessorStops() {
    TestOracle services = new TestOracle(0, folder.resolve("services"), chain, agreement, clock);
    Path file = folder.resolve("node/oraclesync/epochs.mv");
    Worker old = worker(services, file);
    old.start();
    await(() -> old.epochs().isPresent());
    Worker successor = worker(services, file);
    successor.start();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(successor.epochs()).isEmpty();
    old.close();
    await(() -> successor.epochs().isPresent());
    await(() -> successor.current() == 0);
    successor.close();
    services.stop();
  }

  @Test
  void threadsStopAndLeaveNothingBehind() {
    TestOracle services = new TestOracle(0, folder.resolve("services"), chain, agreement, clock);
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Worker worker = worker(services, folder.resolve("node-" + i + "/epochs.mv"));
      worker.start();
      workers.add(worker);
    }
    await(() -> workers.stream().allMatch(worker -> worker.epochs().isPresent()));
    workers.forEach(Worker::close);
    workers.forEach(Worker::close);
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("r1-oraclesync")));
    workers.get(0).wake();
    services.stop();
  }

  @Test
  void aChainThatIsAwayIsAskedAgainWithinSeconds() {
    TestOracle services = new TestOracle(0, folder.resolve("services"), chain, agreement, clock);
    chain.away = true;
    Worker worker = worker(services, folder.resolve("epochs.mv"));
    worker.start();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
    assertThat(worker.current()).isEqualTo(-1);
    chain.away = false;
    await(() -> worker.current() == 0);
    worker.close();
    services.stop();
  }

  private Worker worker(TestOracle services, Path file) {
    Announcer announcer = new Announcer(Optional::empty, clock);
    return new Worker(TestOracle.settings(), file, services, services.self, clock, announcer);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}

package ai.ratio1.oraclesync.internal;

import ai.ratio1.chain.LicenceId;
import ai.ratio1.outcome.Sample;
import ai.ratio1.testing.MovingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Four oracles, two edge nodes, a chain and an agreement in memory; the test is the clock. */
abstract class EpochsFixture {

  static final int NODES = 6;
  static final Instant GENESIS = Sample.SCHEDULE.genesis();

  @TempDir Path folder;

  final MovingClock clock = new MovingClock(GENESIS);
  final MemoryChain chain = new MemoryChain(clock, 4, NODES);
  final MemoryAgreement agreement = new MemoryAgreement(chain.oracles());
  final List<TestOracle> oracles = new ArrayList<>();
  final List<TestOracle> running = new ArrayList<>();

  @BeforeEach
  void startOracles() {
    IntStream.range(0, 4)
        .mapToObj(i -> new TestOracle(i, folder, chain, agreement, clock))
        .forEach(oracles::add);
    running.addAll(oracles);
  }

  @AfterEach
  void stopOracles() {
    running.forEach(TestOracle::stop);
  }

  void observe(long epoch, int... slots) {
    for (TestOracle oracle : running) {
      for (int node = 0; node < slots.length; node++) {
        if (slots[node] > 0) {
          oracle.see(epoch, Sample.node(node), slots[node]);
        }
      }
    }
  }

  /** Lets an epoch end and ten further seconds pass. */
  void passEpoch(long epoch) {
    clock.set(Sample.SCHEDULE.startOf(epoch));
    tick(Duration.ZERO, 1);
    clock.set(Sample.SCHEDULE.endOf(epoch));
    tick(Duration.ofMillis(500), 20);
  }

  void tick(Duration step, int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(step);
      running.forEach(TestOracle::tick);
      agreement.settle();
    }
    running.forEach(TestOracle::tick);
  }

  void kill(int index) {
    oracles.get(index).stop();
    running.remove(oracles.get(index));
  }

  void revive(int index) {
    oracles.get(index).start();
    running.add(oracles.get(index));
  }

  static LicenceId licence(int row) {
    return Sample.rows(NODES).get(row).licence();
  }

  static long metric(TestOracle oracle, String name) {
    return oracle.open.metrics().stream()
        .filter(metric -> metric.name().equals("r1_oraclesync_" + name))
        .mapToLong(metric -> (long) metric.value())
        .findFirst()
        .orElseThrow();
  }
}

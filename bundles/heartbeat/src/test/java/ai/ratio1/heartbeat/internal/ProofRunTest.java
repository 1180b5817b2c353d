package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proof never costs more than its share of the processors. */
@Timeout(60)
class ProofRunTest {

  private static final Duration EPOCH = Duration.ofSeconds(20);

  @Test
  void whatTheMachineHasIsProvenInsideTheLimit() throws InterruptedException {
    ProofSize size = ProofSize.of(new ProofBudget("slow", 1000, 200, 256), 2, EPOCH);
    ProofRun run = run(size, 2);
    assertThat(run.work()).isPresent();
    assertThat(run.spentNanos()).isPositive().isLessThan(2 * size.limit().toNanos());
  }

  @Test
  void whatItHasNotIsGivenUp() throws InterruptedException {
    ProofSize size = ProofSize.of(new ProofBudget("fast", 1_000_000, 200, 256), 256, EPOCH);
    ProofRun run = run(size, 2);
    assertThat(run.work()).isEmpty();
    // The segment that a thread is in is worked to its end.
    long segment = size.work().toNanos() / size.segments();
    assertThat(run.spentNanos()).isLessThan(2 * (size.limit().toNanos() + 20 * segment));
  }

  private static ProofRun run(ProofSize size, int processors) {
    return new ProofRun(
        new CapabilityWork(Network.beacon(1), new TestKey(1).evmAddress(), size), size, processors);
  }
}

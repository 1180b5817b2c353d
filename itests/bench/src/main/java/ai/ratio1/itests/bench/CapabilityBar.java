package ai.ratio1.itests.bench;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.outcome.capability.CapabilityAudit;
import ai.ratio1.outcome.capability.CapabilityProof;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.GpuWork;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.outcome.capability.ProofSize;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.evm.Keccak256;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Measures what a proof of capability costs this machine, in an epoch of a devnet and in one of a
 * day, and what it costs an oracle to check one.
 */
public final class CapabilityBar {

  private static final String PROFILE = "x86_64-generic";
  private static final EvmAddress NODE = EvmAddress.parse("0x" + "44".repeat(20));
  private static final int SAMPLES = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintStream progress;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ProofBudget budget = ProofBudgets.ofRelease().find(PROFILE).orElseThrow();

  private CapabilityBar(PrintStream progress) {
    this.progress = progress;
  }

  /** Takes a mode and a format, as the script hands them on; exits with 1 below the bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    CapabilityReport report = new CapabilityBar(err).measure(words.contains("quick"));
    out.println(words.contains("json") ? report.json() : report.table());
    System.exit(report.passes() ? 0 : 1);
  }

  private CapabilityReport measure(boolean quick) throws InterruptedException {
    List<CapabilityReport.Cost> costs = new ArrayList<>();
    costs.add(cost(Duration.ofSeconds(30), quick ? 10 : 40));
    costs.add(cost(Duration.ofDays(1), quick ? 1 : 3));
    return new CapabilityReport(PROFILE, cores, costs);
  }

  private CapabilityReport.Cost cost(Duration epoch, int proofs) throws InterruptedException {
    ProofSize size = ProofSize.of(budget, new CapabilityClaim(PROFILE, cores, 0, 0), epoch);
    List<Double> prover = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    List<Double> verifier = new ArrayList<>();
    List<Double> gpu = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < proofs; i++) {
      progress.printf("bench: epoch of %d s, proof %d of %d%n", epoch.toSeconds(), i + 1, proofs);
      Bytes32 beacon = Keccak256.of(("beacon " + i).getBytes(StandardCharsets.US_ASCII));
      CapabilityProof proof = new CapabilityProof(new CapabilityWork(beacon, NODE, size), size);
      long begun = System.nanoTime();
      prover.add(work(proof) / NANOS_PER_MILLI);
      wall.add((System.nanoTime() - begun) / NANOS_PER_MILLI);
      CapabilityAnswer answer =
          new CapabilityAnswer(
              "0xai_Agk" + "A".repeat(41),
              1,
              beacon,
              new CapabilityClaim(PROFILE, cores, 0, 0),
              proof.checkpoints().orElseThrow(),
              new byte[65]);
      bytes = answer.encode().length;
      gpu.add(gpuSegment(beacon, epoch) / NANOS_PER_MILLI);
      verifier.add(check(new CapabilityAudit(answer, NODE, size)) / NANOS_PER_MILLI);
    }
    return new CapabilityReport.Cost(
        epoch, size, median(prover), median(wall), median(verifier), bytes, median(gpu));
  }

  /** Processor time of all lanes. */
  private long work(CapabilityProof proof) throws InterruptedException {
    AtomicLong spent = new AtomicLong();
    List<Thread> threads =
        IntStream.range(0, cores)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          proof.workOn(() -> true);
                          spent.addAndGet(cpu());
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return spent.get();
  }

  /** Processor time of the samples that one oracle computes again. */
  private long check(CapabilityAudit audit) {
    long before = cpu();
    for (int i = 1; i <= SAMPLES; i++) {
      if (!audit.holds(i * audit.places() / (SAMPLES + 1))) {
        throw new IllegalStateException("an honest answer is wrong");
      }
    }
    return cpu() - before;
  }

  /** Processor time of a segment of one graphics processor. */
  private long gpuSegment(Bytes32 beacon, Duration epoch) {
    ProofSize size = ProofSize.of(budget, new CapabilityClaim(PROFILE, cores, 0, 1), epoch);
    GpuWork work = new GpuWork(beacon, NODE, size.gpus());
    long before = cpu();
    long found = work.segment(0, 0, 0, 0);
    long took = cpu() - before;
    if (found == 0) {
      throw new IllegalStateException("a walk that ends in 0 is no walk");
    }
    return took;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

package ai.ratio1.itests.bench;

import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.StartedEngine;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The receiving path of heartbeats beside a bare loop over the same messages. The two take turns
 * every few milliseconds in one process, and CPU time of the thread is what counts: whatever else
 * the machine does hits both alike, if at all. The collection of garbage is left out, about a
 * hundredth of either.
 *
 * <p>The virtual machine has the settings of a node.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(jvmArgsAppend = {"-Xmx192m", "-XX:+UseSerialGC"})
public class HeartbeatBench {

  static final int NODES = 200;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 20;
  private static final int ADDRESS_CACHE = 4096;

  /** The engine, as the setting of the identity bundle names it. */
  @Param({"java", "native"})
  public String engine = "";

  @SuppressWarnings("NullAway.Init")
  private Curve curve;

  @SuppressWarnings("NullAway.Init")
  private Signatures signatures;

  @SuppressWarnings("NullAway.Init")
  private Traffic traffic;

  /** Where the time went. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent {
    /** Messages that went through each. */
    public long messages;

    /** Nanoseconds of CPU time of the bare loop. */
    public long bareNanos;

    /** Nanoseconds of CPU time of the receiving path. */
    public long pathNanos;
  }

  /** Makes the messages; the first round introduces the nodes to an oracle. */
  @Setup
  public void start() {
    try (Curve any = StartedEngine.of("auto")) {
      traffic = Traffic.compose(any, NODES, ROUNDS + 1);
    }
    curve = StartedEngine.of(engine);
    signatures = new CurveSignatures(curve, ADDRESS_CACHE, 1);
  }

  /** Frees the engine. */
  @TearDown
  public void stop() {
    curve.close();
  }

  /** Hears all messages twice. */
  @Benchmark
  public void takeTurns(Spent spent) {
    BareLoop bare = new BareLoop(signatures);
    Oracle oracle = new Oracle(signatures, traffic.nodes());
    oracle.hear(traffic.rounds().get(0));
    for (int round = 1; round <= ROUNDS; round++) {
      List<Traffic.Arrival> arrivals = traffic.rounds().get(round);
      // Who comes second finds the messages in the processor's cache.
      if (round % 2 == 0) {
        spent.bareNanos += nanos(() -> bare.hear(arrivals));
        spent.pathNanos += nanos(() -> oracle.hear(arrivals));
      } else {
        spent.pathNanos += nanos(() -> oracle.hear(arrivals));
        spent.bareNanos += nanos(() -> bare.hear(arrivals));
      }
      spent.messages += arrivals.size();
    }
    if (oracle.counted() != (ROUNDS + 1L) * NODES) {
      throw new IllegalStateException("only " + oracle.counted() + " beats were counted");
    }
  }

  private static long nanos(Runnable work) {
    long before = CPU.getCurrentThreadCpuTime();
    work.run();
    return CPU.getCurrentThreadCpuTime() - before;
  }
}

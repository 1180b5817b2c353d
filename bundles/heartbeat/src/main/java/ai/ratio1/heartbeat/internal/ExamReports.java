package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.ExamWatcher;
import ai.ratio1.heartbeat.internal.core.ProofRefusal;
import ai.ratio1.metrics.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Tells the operator of refused proofs and doubted claims, and counts them. Thread-safe. */
final class ExamReports implements ExamWatcher {

  private final Announcer announcer;
  private final Duration interval;
  private final Map<ProofRefusal, LongAdder> refused = new EnumMap<>(ProofRefusal.class);
  private final LongAdder doubted = new LongAdder();

  ExamReports(Announcer announcer, Duration interval) {
    this.announcer = announcer;
    this.interval = interval;
    for (ProofRefusal refusal : ProofRefusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  @Override
  public void refused(ProofRefusal refusal, Optional<EvmAddress> sender, String detail) {
    count(refusal).increment();
    if (!announcer.isDue("proof " + refusal.label(), interval)) {
      return;
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(NodeEvents.CODE, refusal.code().text());
    sender.ifPresent(known -> properties.put(NodeEvents.SUBJECT, known.toHex()));
    announcer.announce(
        NodeEvents.PROOF_REFUSED,
        "%s: Refused a proof that is %s%s%s; %d so far."
            .formatted(
                refusal.code(),
                refusal.text(),
                detail.isEmpty() ? "" : " (" + detail + ")",
                sender.map(known -> ", in the name of " + known).orElse(""),
                count(refusal).sum()),
        properties);
  }

  @Override
  public void doubted(CapabilityFinding finding) {
    doubted.increment();
    if (announcer.isDue("doubt " + finding.node(), interval)) {
      announcer.announce(
          NodeEvents.CAPABILITY_DOUBTED,
          "%s: %s claims %d processors, %d GPUs and %d MiB of memory (%s); the proof for epoch %d is %s%s."
              .formatted(
                  Codes.DOUBTED,
                  finding.node(),
                  finding.claim().cores(),
                  finding.claim().gpus(),
                  finding.claim().memoryMiB(),
                  finding.claim().profile(),
                  finding.epoch(),
                  finding.cores().name().toLowerCase(Locale.ROOT),
                  finding.claim().memoryMiB() > 0 ? ", and memory has none" : ""),
          Map.of(
              NodeEvents.CODE,
              Codes.DOUBTED.text(),
              NodeEvents.SUBJECT,
              finding.node().toHex(),
              NodeEvents.EPOCH,
              finding.epoch()));
    }
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (ProofRefusal refusal : ProofRefusal.values()) {
      metrics.add(
          new Metric(
              "r1_capability_refused_total",
              "Proofs of capability that were not looked at, by reason.",
              Metric.Kind.COUNTER,
              Map.of("reason", refusal.label()),
              (double) count(refusal).sum()));
    }
    metrics.add(
        Metric.counter(
            "r1_capability_doubted_total",
            "Claims that this oracle doubts, once for each node and epoch.",
            (double) doubted.sum()));
    return metrics;
  }

  private LongAdder count(ProofRefusal refusal) {
    return Objects.requireNonNull(refused.get(refusal));
  }
}

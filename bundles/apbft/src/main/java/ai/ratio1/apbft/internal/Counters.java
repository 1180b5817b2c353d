package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.Drop;
import ai.ratio1.metrics.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Thread-safe. */
final class Counters {

  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder certificates = new LongAdder();
  private final LongAdder viewChanges = new LongAdder();
  private final LongAdder evidence = new LongAdder();
  private final LongAdder flushes = new LongAdder();
  private final Map<Drop, LongAdder> dropped = adders(Drop.class);
  private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
  private final LongAdder decisions = new LongAdder();
  private final LongAdder decisionViewChanges = new LongAdder();
  private volatile double secondsToCertificate;
  private volatile double secondsToDecision;
  private volatile int openDecisions;
  private volatile int openEpochs;

  /** Why a frame did not reach the engine, or a message did not leave. */
  enum Refusal {
    /** Longer than a frame may be, or no frame at all. */
    MALFORMED,
    /** Delivered twice. */
    REPEATED,
    /** From nobody who is an oracle. */
    UNKNOWN_SENDER,
    /** Its sender's queue was full. */
    OVERFLOW,
    /** There was no connection; it is said again. */
    OFFLINE,
    /** The transport did not take it. */
    UNSENT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void received() {
    received.increment();
  }

  void sent() {
    sent.increment();
  }

  void certified(double seconds) {
    certificates.increment();
    secondsToCertificate = seconds;
  }

  void decided(double seconds) {
    decisions.increment();
    secondsToDecision = seconds;
  }

  void decisionViewChanged() {
    decisionViewChanges.increment();
  }

  void openDecisions(int slots) {
    openDecisions = slots;
  }

  void viewChanged() {
    viewChanges.increment();
  }

  void evidence() {
    evidence.increment();
  }

  void flushed() {
    flushes.increment();
  }

  void open(int epochs) {
    openEpochs = epochs;
  }

  void dropped(Drop reason) {
    count(dropped, reason).increment();
  }

  void refused(Refusal reason) {
    count(refused, reason).increment();
  }

  long refusals(Refusal reason) {
    return count(refused, reason).sum();
  }

  long drops(Drop reason) {
    return count(dropped, reason).sum();
  }

  List<Metric> metrics() {
    List<Metric> all = new ArrayList<>();
    all.add(count("received_total", "Agreement messages received.", received));
    all.add(count("sent_total", "Agreement messages sent.", sent));
    all.add(
        count("certificates_total", "Epochs of which a certificate became known.", certificates));
    all.add(
        count(
            "view_changes_total", "Views that began after one without certificate.", viewChanges));
    all.add(count("evidence_total", "Oracles caught contradicting themselves.", evidence));
    all.add(count("flushes_total", "Writes to disk before something binding was said.", flushes));
    all.add(
        Metric.gauge(
            "r1_apbft_certificate_seconds",
            "Seconds from opening the newest certified epoch to its certificate.",
            secondsToCertificate));
    all.add(Metric.gauge("r1_apbft_open_epochs", "Epochs without certificate.", openEpochs));
    all.add(count("decisions_total", "Slots of which a decision became known.", decisions));
    all.add(
        count(
            "decision_view_changes_total",
            "Views of slots that began after one without decision.",
            decisionViewChanges));
    all.add(
        Metric.gauge(
            "r1_apbft_decision_seconds",
            "Seconds from the first candidate here to the newest decision.",
            secondsToDecision));
    all.add(Metric.gauge("r1_apbft_open_decisions", "Slots without decision.", openDecisions));
    dropped.forEach((reason, count) -> all.add(dropped(reason.label(), count)));
    refused.forEach((reason, count) -> all.add(dropped(reason.label(), count)));
    return all;
  }

  private static Metric count(String name, String help, LongAdder value) {
    return Metric.counter("r1_apbft_" + name, help, (double) value.sum());
  }

  private static Metric dropped(String reason, LongAdder value) {
    return new Metric(
        "r1_apbft_dropped_total",
        "Agreement messages not used or not sent, by reason.",
        Metric.Kind.COUNTER,
        Map.of("reason", reason),
        (double) value.sum());
  }

  private static <E extends Enum<E>> LongAdder count(Map<E, LongAdder> counts, E reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  /** One counter per reason from the start, so that the map never changes. */
  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> reasons) {
    Map<E, LongAdder> adders = new EnumMap<>(reasons);
    for (E reason : reasons.getEnumConstants()) {
      adders.put(reason, new LongAdder());
    }
    return adders;
  }
}

package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.EvmAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets a statement in: the cheap checks before the signature. Of two statements that exclude each
 * other the first counts, and both are evidence.
 */
final class Admission {

  private final Context context;
  private final Map<Charge, Signed<Evidence>> charges = new HashMap<>();

  Admission(Context context) {
    this.context = context;
  }

  /** Whether a statement is new and its sender's, where {@code known} is in its place. */
  <M extends Message> boolean admit(@Nullable Signed<M> known, Signed<M> signed, Effects out) {
    boolean pointless =
        known != null && (known.message().equals(signed.message()) || charged(signed));
    if (pointless) {
      out.drop(signed, Drop.DUPLICATE);
      return false;
    }
    if (!context.verifier().signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
      return false;
    }
    if (known == null) {
      return true;
    }
    out.drop(signed, Drop.INVALID);
    if (signed.message().kind().binding()) {
      accuse(new Evidence(context.header(), known, signed), out);
    }
    return false;
  }

  /** Takes evidence that a peer shows. */
  void receive(Signed<Evidence> signed, Effects out) {
    Evidence evidence = signed.message();
    Charge charge = new Charge(evidence.accused(), evidence.about());
    if (charges.containsKey(charge)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (context.committee().indexOf(evidence.accused()) < 0) {
      out.drop(signed, Drop.STRANGER);
    } else if (evidence.first().message().equals(evidence.second().message())) {
      out.drop(signed, Drop.INVALID);
    } else if (context.verifier().signed(signed)
        && context.verifier().signed(evidence.first())
        && context.verifier().signed(evidence.second())) {
      record(charge, signed, out);
    } else {
      out.drop(signed, Drop.SIGNATURE);
    }
  }

  void restore(Signed<Evidence> evidence) {
    charges.put(new Charge(evidence.message().accused(), evidence.message().about()), evidence);
  }

  /** The oracles that were caught. */
  Set<EvmAddress> accused() {
    return charges.keySet().stream().map(Charge::accused).collect(Collectors.toSet());
  }

  int size() {
    return charges.size();
  }

  private void accuse(Evidence evidence, Effects out) {
    Signed<Evidence> signed = context.voice().sign(evidence);
    record(new Charge(evidence.accused(), evidence.about()), signed, out);
    if (context.votes()) {
      out.send(signed);
    }
  }

  private void record(Charge charge, Signed<Evidence> evidence, Effects out) {
    charges.put(charge, evidence);
    out.persist(context.epoch(), new LogEntry.Accused(evidence));
    out.add(new Effect.Accuse(evidence.message()));
  }

  private boolean charged(Signed<?> signed) {
    Message message = signed.message();
    return charges.containsKey(new Charge(message.header().oracle(), message.kind()));
  }

  private record Charge(EvmAddress accused, Kind about) {}
}

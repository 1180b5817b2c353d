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

/** The evidence of one epoch: what this oracle found and what peers show; one per kind. */
final class Charges implements Admission.Accusations {

  private final EpochContext context;
  private final Map<Charge, Signed<Evidence>> charges = new HashMap<>();

  Charges(EpochContext context) {
    this.context = context;
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

  @Override
  public boolean charged(Signed<?> signed) {
    Message message = signed.message();
    return charges.containsKey(new Charge(message.header().oracle(), message.kind()));
  }

  @Override
  public void accuse(Signed<?> first, Signed<?> second, Effects out) {
    Evidence evidence = new Evidence(context.header(), first, second);
    Signed<Evidence> signed = context.voice().sign(evidence);
    record(new Charge(evidence.accused(), evidence.about()), signed, out);
    if (context.votes()) {
      out.send(signed);
    }
  }

  /** The oracles that were caught. */
  Set<EvmAddress> accused() {
    return charges.keySet().stream().map(Charge::accused).collect(Collectors.toSet());
  }

  int size() {
    return charges.size();
  }

  private void record(Charge charge, Signed<Evidence> evidence, Effects out) {
    charges.put(charge, evidence);
    context.remember(new LogEntry.Accused(evidence), out);
    out.add(new Effect.Accuse(evidence.message()));
  }

  private record Charge(EvmAddress accused, Kind about) {}
}

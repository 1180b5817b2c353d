package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what an operator would be told. */
final class Recorder implements BeatWatcher {

  final List<Refusal> refusals = new ArrayList<>();
  final List<Optional<EvmAddress>> senders = new ArrayList<>();
  final List<String> details = new ArrayList<>();
  final List<Sighting> twins = new ArrayList<>();
  final List<AnchorContradiction> contradictions = new ArrayList<>();

  @Override
  public void refused(Refusal refusal, Optional<EvmAddress> sender, String detail) {
    refusals.add(refusal);
    senders.add(sender);
    details.add(detail);
  }

  @Override
  public void twins(Sighting newer) {
    twins.add(newer);
  }

  @Override
  public void twoAnchors(AnchorContradiction contradiction) {
    contradictions.add(contradiction);
  }
}

package ai.ratio1.rest.internal.core;

import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityKind;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;

/** What an oracle found about a node's claim, as JSON. */
public final class CapabilityView {

  private CapabilityView() {}

  /** The finding with its signature. */
  public static ObjectNode of(
      CapabilityFinding finding, Optional<byte[]> evidence, byte[] signature) {
    ObjectNode view = Values.object();
    view.put("epoch", finding.epoch());
    view.put("node", Values.address(finding.node()));
    view.putObject("claim")
        .put("profile", finding.claim().profile())
        .put("cores", finding.claim().cores())
        .put("memoryMiB", finding.claim().memoryMiB())
        .put("gpus", finding.claim().gpus());
    ObjectNode verdicts = view.putObject("verdicts");
    for (CapabilityKind kind : CapabilityKind.values()) {
      verdicts.put(kind.name().toLowerCase(Locale.ROOT), finding.verdict(kind).name());
    }
    view.put("work", finding.work().toHex());
    view.put("delayMillis", finding.delay().toMillis());
    view.put("allowedMillis", finding.allowed().toMillis());
    view.put("samples", finding.samples());
    view.put("wrongSegment", finding.wrongSegment() < 0 ? null : finding.wrongSegment());
    view.put("evidence", evidence.map(Values::hex).orElse(null));
    view.put("signature", Values.hex(signature));
    return view;
  }
}

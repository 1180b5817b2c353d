package ai.ratio1.cli;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.Observer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** An audited epoch for programs. */
final class AuditedEpochJson {

  private final AuditedEpoch epoch;

  AuditedEpochJson(AuditedEpoch epoch) {
    this.epoch = epoch;
  }

  ObjectNode of(String stage, Optional<EvmAddress> node) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var signed = epoch.artefacts().signed();
    json.put("epoch", signed.epoch())
        .put("stage", stage)
        .put("startsAt", signed.schedule().startOf(signed.epoch()).toString())
        .put("endsAt", signed.schedule().endOf(signed.epoch()).toString())
        .put("slots", signed.schedule().slots())
        .put("outcomeHash", signed.outcomeHash().toHex())
        .put("view", signed.certificate().view())
        .put("quorum", signed.oracles().quorum())
        .put("theta", epoch.outcome().theta())
        .put("holds", epoch.audit().holds());
    json.set("checks", Findings.json(epoch.audit().findings()));
    ArrayNode oracles = json.putArray("oracles");
    epoch.observers().forEach(observer -> oracles.add(oracle(observer)));
    ArrayNode rows = json.putArray("rows");
    for (int row = 0; row < epoch.artefacts().ended().rows().size(); row++) {
      RegistryRow registered = epoch.artefacts().ended().rows().get(row);
      if (node.isEmpty() || node.get().equals(registered.node())) {
        rows.add(row(registered, row));
      }
    }
    if (node.isPresent()) {
      ArrayNode served = json.putArray("served");
      epoch.served().forEach(slots -> served.add(slots(slots)));
    }
    return json;
  }

  private ObjectNode oracle(Observer observer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    int signers = epoch.artefacts().signed().certificate().signers();
    json.put("index", observer.index())
        .put("address", observer.oracle().toHex())
        .put("name", epoch.names().node(observer.oracle()))
        .put("signed", (signers >>> observer.index() & 1) == 1)
        .put("fate", observer.fate().name())
        .put("why", epoch.fate(observer));
    observer.seen().ifPresentOrElse(seen -> json.put("seen", seen), () -> json.putNull("seen"));
    return json;
  }

  private ObjectNode row(RegistryRow registered, int row) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("licence", registered.licence().toString())
        .put("node", registered.node().toHex())
        .put("name", epoch.names().node(registered.node()));
    ArrayNode observed = json.putArray("observed");
    for (Observation observation : epoch.observations()) {
      observed
          .addObject()
          .put("index", observation.index())
          .put("value", Byte.toUnsignedInt(observation.table()[row]));
    }
    json.put("median", epoch.agreed(row).orElse(null));
    return json;
  }

  private ObjectNode slots(ServedSlots served) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("oracle", served.oracle().toHex())
        .put("name", epoch.names().node(served.oracle()))
        .put("worth", served.worth().name());
    served
        .slots()
        .ifPresent(
            proof -> {
              json.put("value", proof.presence().value())
                  .put("present", proof.presence().present().cardinality())
                  .put("slots", proof.presence().slots())
                  .put("root", proof.root().toHex());
              ArrayNode missed = json.putArray("missed");
              var signed = epoch.artefacts().signed();
              Gap.of(proof.presence(), signed.epoch(), signed.schedule())
                  .forEach(
                      gap ->
                          missed
                              .addObject()
                              .put("from", gap.from().toString())
                              .put("to", gap.to().toString())
                              .put("slots", gap.slots()));
            });
    return json;
  }
}

package ai.ratio1.rest.internal.core;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.RoundStatus;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** An epoch as JSON: in one line, or with everything that explains it. */
public final class EpochView {

  private static final int MOST_GAPS = 100;

  private EpochView() {}

  /** The page of rows that is wanted; a large network has more than a reader can take at once. */
  public record Rows(Optional<EvmAddress> node, int offset, int limit) {}

  /** The epoch in a list. */
  public static ObjectNode summary(EpochReport report) {
    ObjectNode summary = Values.object();
    summary.put("epoch", report.epoch());
    summary.put("stage", report.stage().name());
    summary.put("rowCount", report.rows().size());
    summary.put("outcomeHash", report.outcomeHash().map(Bytes32::toHex).orElse(null));
    summary.put("view", report.certificate().map(SignedCertificate::view).orElse(null));
    summary.set(
        "signers", report.certificate().map(c -> Values.bits(c.signers())).orElse(Values.array()));
    summary.put("theta", report.certificate().map(c -> c.outcome().theta()).orElse(null));
    return summary;
  }

  /** The epoch with certificate, tables and rows. */
  public static ObjectNode full(
      EpochReport report,
      Optional<EpochSchedule> schedule,
      Optional<RoundStatus> round,
      List<AnchorContradiction> charges,
      Rows wanted) {
    ObjectNode view = summary(report);
    view.put("startsAt", Values.time(schedule.map(s -> s.startOf(report.epoch()))));
    view.put("endsAt", Values.time(schedule.map(s -> s.endOf(report.epoch()))));
    view.put("slots", schedule.map(EpochSchedule::slots).orElse(null));
    ArrayNode oracles = view.putArray("oracles");
    for (int i = 0; i < report.oracles().size(); i++) {
      oracles
          .addObject()
          .put("index", i)
          .put("address", Values.address(report.oracles().get(i)))
          .put("reputation", i < report.reputations().size() ? report.reputations().get(i) : null);
    }
    view.set("round", round.map(EpochView::round).orElse(null));
    view.set("certificate", report.certificate().map(EpochView::certificate).orElse(null));
    ArrayNode observations = view.putArray("observations");
    for (Observation observation : report.observations()) {
      observations
          .addObject()
          .put("index", observation.index())
          .put("oracle", Values.address(observation.oracle()))
          .put("tableHash", observation.tableHash().toHex());
    }
    ArrayNode contradictions = view.putArray("contradictions");
    charges.stream()
        .filter(charge -> charge.first().epoch() == report.epoch())
        .forEach(charge -> contradictions.add(charge(charge)));
    view.set("rows", rows(report, schedule, wanted));
    return view;
  }

  private static ObjectNode charge(AnchorContradiction charge) {
    ObjectNode json = Values.object();
    json.put("node", Values.address(charge.first().node()));
    json.set("first", anchor(charge.first(), charge.firstSignature()));
    json.set("second", anchor(charge.second(), charge.secondSignature()));
    return json;
  }

  private static ObjectNode anchor(BeatAnchor anchor, byte[] signature) {
    return Values.object()
        .put("anchor", anchor.anchor().toHex())
        .put("length", anchor.length())
        .put("beacon", anchor.beacon().toHex())
        .put("signature", Values.hex(signature));
  }

  private static ObjectNode round(RoundStatus status) {
    ObjectNode round = Values.object();
    round.put("phase", status.phase().name());
    round.put("view", status.view());
    round.put("commits", status.commits());
    round.put("tables", status.tables());
    ArrayNode equivocators = round.putArray("equivocators");
    status.equivocators().stream().map(Values::address).sorted().forEach(equivocators::add);
    return round;
  }

  private static ObjectNode certificate(SignedCertificate certificate) {
    ObjectNode json = Values.object();
    json.put("view", certificate.view());
    json.set("signers", Values.bits(certificate.signers()));
    ArrayNode signatures = json.putArray("signatures");
    certificate.signatures().forEach(signature -> signatures.add(Values.hex(signature)));
    EpochOutcome outcome = certificate.outcome();
    ObjectNode agreed = json.putObject("outcome");
    agreed.put("configDigest", outcome.configDigest().toHex());
    agreed.put("epoch", outcome.epoch());
    agreed.set("observers", Values.bits(outcome.observers()));
    agreed.set("excluded", Values.bits(outcome.excluded()));
    agreed.put("theta", outcome.theta());
    agreed.put("nodeCount", outcome.nodeCount());
    agreed.put("registryRoot", outcome.registryRoot().toHex());
    agreed.put("inputsDigest", outcome.inputsDigest().toHex());
    agreed.put("availabilityRoot", outcome.availabilityRoot().toHex());
    agreed.put("cumulativeRoot", outcome.cumulativeRoot().toHex());
    agreed.put("tableHash", outcome.tableHash().toHex());
    agreed.put("reputationRoot", outcome.reputationRoot().toHex());
    return json;
  }

  private static ArrayNode rows(EpochReport report, Optional<EpochSchedule> schedule, Rows wanted) {
    ArrayNode rows = Values.array();
    int skip = wanted.offset();
    for (int i = 0; i < report.rows().size() && rows.size() < wanted.limit(); i++) {
      EvmAddress node = report.rows().get(i).node();
      boolean match = wanted.node().isEmpty() || wanted.node().get().equals(node);
      if (match && --skip < 0) {
        rows.add(row(report, schedule, i));
      }
    }
    return rows;
  }

  private static ObjectNode row(EpochReport report, Optional<EpochSchedule> schedule, int index) {
    RegistryRow registered = report.rows().get(index);
    ObjectNode row = Values.object();
    row.put("row", index);
    row.put("licence", registered.licence().toString());
    row.put("licenceType", registered.licence().type().code());
    row.put("licenceNumber", Long.toString(registered.licence().number()));
    row.put("node", Values.address(registered.node()));
    row.put(
        "agreed", index < report.availability().size() ? report.availability().get(index) : null);
    ArrayNode observed = row.putArray("observed");
    for (Observation observation : report.observations()) {
      ObjectNode entry = observed.addObject().put("index", observation.index());
      boolean known = index < observation.table().length;
      entry.put("value", known ? observation.table()[index] & 0xff : null);
    }
    Presence own = report.own().get(registered.node());
    row.set("own", own == null ? null : own(own, report.epoch(), schedule));
    return row;
  }

  private static ObjectNode own(Presence presence, long epoch, Optional<EpochSchedule> schedule) {
    ObjectNode own = Values.object();
    own.put("value", presence.value());
    own.put("present", presence.present().cardinality());
    own.put("slots", presence.slots());
    own.put("bitmap", Values.hex(presence.present().toByteArray()));
    ArrayNode missed = own.putArray("missed");
    BitSet present = presence.present();
    int gaps = 0;
    for (int from = present.nextClearBit(0); from < presence.slots(); gaps++) {
      int next = present.nextSetBit(from);
      int to = next < 0 ? presence.slots() : Math.min(next, presence.slots());
      if (gaps < MOST_GAPS) {
        missed.add(gap(from, to, epoch, schedule));
      }
      from = present.nextClearBit(to);
    }
    own.put("missedGaps", gaps);
    return own;
  }

  private static ObjectNode gap(int from, int to, long epoch, Optional<EpochSchedule> schedule) {
    ObjectNode gap = Values.object();
    gap.put("firstSlot", from);
    gap.put("slots", to - from);
    gap.put("from", Values.time(schedule.map(s -> slotStart(s, epoch, from))));
    gap.put("to", Values.time(schedule.map(s -> slotStart(s, epoch, to))));
    return gap;
  }

  private static Instant slotStart(EpochSchedule schedule, long epoch, int slot) {
    return schedule.startOf(epoch).plus(schedule.slotLength().multipliedBy(slot));
  }
}

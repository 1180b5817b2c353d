package ai.ratio1.outcome;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** The part that artefacts and disputes have in common, as JSON. */
final class SignedEpochJson {

  private static final long UINT32 = 0xffff_ffffL;
  private static final long DAY_MILLIS = 86_400_000L;
  private static final int MOST_ORACLES = 31;

  private SignedEpochJson() {}

  static ObjectNode write(SignedEpoch epoch) {
    ObjectNode json = Json.object();
    json.putObject("network")
        .put("networkId", epoch.network().networkId().toHex())
        .put("chainId", Long.toString(epoch.network().chainId()))
        .put("controller", epoch.network().controller().toHex());
    json.put("epoch", epoch.epoch());
    EpochSchedule windows = epoch.schedule();
    json.putObject("schedule")
        .put("genesis", windows.genesis().toString())
        .put("epochMillis", windows.epochLength().toMillis())
        .put("slotMillis", windows.slotLength().toMillis())
        .put("toleranceMillis", windows.clockTolerance().toMillis())
        .put("lateMillis", windows.lateWindow().toMillis())
        .put("commitMillis", windows.commitWindow().toMillis())
        .put("theta", windows.theta());
    ObjectNode oracles = json.putObject("oracles");
    oracles.put("configDigest", epoch.oracles().configDigest().toHex());
    Fields.texts(oracles.putArray("addresses"), epoch.oracles().oracles(), EvmAddress::toHex);
    Fields.bits(oracles.putArray("barred"), epoch.oracles().barred());
    json.set("certificate", certificate(epoch.certificate()));
    ArrayNode reveals = json.putArray("reveals");
    for (SignedReveal reveal : epoch.reveals()) {
      reveals
          .addObject()
          .put("oracle", reveal.oracle().toHex())
          .put("tableHash", reveal.tableHash().toHex())
          .put("length", reveal.length())
          .put("salt", reveal.salt().toHex())
          .put("bitmapRoot", reveal.bitmapRoot().toHex())
          .put("signature", Fields.hex(reveal.signature()));
    }
    return json;
  }

  private static ObjectNode certificate(SignedCertificate certificate) {
    ObjectNode json = Json.object();
    json.put("view", certificate.view());
    Fields.bits(json.putArray("signers"), certificate.signers());
    Fields.texts(json.putArray("signatures"), certificate.signatures(), Fields::hex);
    EpochOutcome outcome = certificate.outcome();
    ObjectNode agreed = json.putObject("outcome");
    agreed
        .put("configDigest", outcome.configDigest().toHex())
        .put("epoch", outcome.epoch())
        .put("theta", outcome.theta())
        .put("nodeCount", outcome.nodeCount())
        .put("registryRoot", outcome.registryRoot().toHex())
        .put("inputsDigest", outcome.inputsDigest().toHex())
        .put("availabilityRoot", outcome.availabilityRoot().toHex())
        .put("cumulativeRoot", outcome.cumulativeRoot().toHex())
        .put("tableHash", outcome.tableHash().toHex())
        .put("reputationRoot", outcome.reputationRoot().toHex());
    Fields.bits(agreed.putArray("observers"), outcome.observers());
    Fields.bits(agreed.putArray("excluded"), outcome.excluded());
    return json;
  }

  static SignedEpoch read(Fields json) {
    Fields network = json.object("network");
    OracleSet oracles = oracles(json.object("oracles"));
    return new SignedEpoch(
        new NetworkName(
            network.hash("networkId"),
            network.amount("chainId").longValueExact(),
            network.address("controller")),
        json.number("epoch", UINT32),
        schedule(json.object("schedule")),
        oracles,
        certificate(json.object("certificate")),
        json.objects("reveals", SignedEpochJson::reveal));
  }

  private static OracleSet oracles(Fields json) {
    OracleSet set =
        new OracleSet(
            json.list("addresses", element -> EvmAddress.parse(element.asText())),
            json.hash("configDigest"),
            json.bits("barred"));
    if (set.size() > MOST_ORACLES) {
      throw new IllegalArgumentException(set.size() + " oracles");
    }
    return set;
  }

  private static EpochSchedule schedule(Fields json) {
    return new EpochSchedule(
        Instant.ofEpochSecond(Instant.parse(json.text("genesis")).getEpochSecond()),
        millis(json, "epochMillis", 400 * DAY_MILLIS),
        millis(json, "slotMillis", DAY_MILLIS),
        millis(json, "toleranceMillis", DAY_MILLIS),
        millis(json, "lateMillis", DAY_MILLIS),
        millis(json, "commitMillis", DAY_MILLIS),
        json.integer("theta"));
  }

  private static Duration millis(Fields json, String name, long most) {
    return Duration.ofMillis(json.number(name, most));
  }

  private static SignedCertificate certificate(Fields json) {
    Fields agreed = json.object("outcome");
    EpochOutcome outcome =
        new EpochOutcome(
            agreed.hash("configDigest"),
            agreed.number("epoch", UINT32),
            agreed.bits("observers"),
            agreed.bits("excluded"),
            agreed.integer("theta"),
            agreed.integer("nodeCount"),
            agreed.hash("registryRoot"),
            agreed.hash("inputsDigest"),
            agreed.hash("availabilityRoot"),
            agreed.hash("cumulativeRoot"),
            agreed.hash("tableHash"),
            agreed.hash("reputationRoot"));
    return new SignedCertificate(
        outcome,
        json.number("view", UINT32),
        json.bits("signers"),
        json.list("signatures", Fields::hex));
  }

  private static SignedReveal reveal(Fields json) {
    return new SignedReveal(
        json.address("oracle"),
        json.hash("tableHash"),
        json.number("length", UINT32),
        json.hash("salt"),
        json.hash("bitmapRoot"),
        json.hex("signature"));
  }
}

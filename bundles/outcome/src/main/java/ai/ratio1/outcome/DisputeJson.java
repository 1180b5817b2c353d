package ai.ratio1.outcome;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.certificate.SlotLeaf;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/** A dispute as a file (docs/reference/epoch-artefacts.md). */
public final class DisputeJson {

  /** The format, and its version. */
  public static final String FORMAT = "ratio1-dispute-1";

  /** How long a file may be, in bytes. */
  public static final int LARGEST = 16 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 8, 64, 4 << 20, 20, 1_000_000);
  private static final long UINT32 = 0xffff_ffffL;
  private static final int MOST_SLOTS = 1 << 24;

  private DisputeJson() {}

  /** Writes a file. */
  public static byte[] write(NodeDispute file) {
    ObjectNode json = SignedEpochJson.write(file.signed());
    json.put("format", FORMAT);
    json.put("licence", file.availability().row().licence().toString());
    json.put("node", file.availability().row().node().toHex());
    ObjectNode agreed = json.putObject("agreed").put("byte", file.availability().availability());
    Fields.texts(agreed.putArray("path"), file.availability().path(), Bytes32::toHex);
    json.set("claimed", file.claimed().map(DisputeJson::presence).orElse(null));
    ArrayNode received = json.putArray("received");
    for (NodeDispute.Received one : file.received()) {
      ObjectNode slots = presence(one.slots().presence());
      slots.put("oracle", one.oracle().toHex()).put("root", one.slots().root().toHex());
      Fields.texts(slots.putArray("path"), one.slots().path(), Bytes32::toHex);
      received.add(slots);
    }
    Dispute dispute = file.dispute();
    json.putObject("dispute")
        .put("epoch", dispute.epoch())
        .put("node", dispute.node().toHex())
        .put("outcomeHash", dispute.outcomeHash().toHex())
        .put("agreed", dispute.agreed())
        .put("claimed", dispute.claimed().toHex())
        .put("received", dispute.received().toHex())
        .put("reason", dispute.reason())
        .put("at", dispute.at().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("signature", Fields.hex(file.signature()));
    return Json.bytes(json);
  }

  private static ObjectNode presence(Presence presence) {
    return Json.object()
        .put("slots", presence.slots())
        .put("bitmap", Fields.hex(SlotLeaf.bitmap(presence)));
  }

  /**
   * Reads a file; nothing in it is proven.
   *
   * @throws R1Exception {@code R1-OUTCOME-002} when it is no dispute
   */
  public static NodeDispute read(byte[] document) {
    try {
      Fields json = new Fields(new Json(LIMITS).parseObject(document));
      if (!json.text("format").equals(FORMAT)) {
        throw new IllegalArgumentException("format is not " + FORMAT);
      }
      return read(json, SignedEpochJson.read(json));
    } catch (R1Exception
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException wrong) {
      throw OutcomeError.NO_DISPUTE.because(
          "This is no dispute: " + wrong.getMessage() + ".", wrong);
    }
  }

  private static NodeDispute read(Fields json, SignedEpoch signed) {
    RegistryRow row = new RegistryRow(LicenceId.parse(json.text("licence")), json.address("node"));
    Fields agreed = json.object("agreed");
    Fields dispute = json.object("dispute");
    return new NodeDispute(
        signed,
        new AvailabilityProof(row, (int) agreed.number("byte", 255), agreed.hashes("path")),
        json.optional("claimed", DisputeJson::presence),
        json.objects("received", one -> received(signed.epoch(), row, one)),
        dispute(dispute),
        dispute.hex("signature"));
  }

  private static Dispute dispute(Fields json) {
    return new Dispute(
        json.number("epoch", UINT32),
        json.address("node"),
        json.hash("outcomeHash"),
        (int) json.number("agreed", 255),
        json.hash("claimed"),
        json.hash("received"),
        json.text("reason"),
        Instant.parse(json.text("at")));
  }

  private static NodeDispute.Received received(long epoch, RegistryRow row, Fields json) {
    SlotProof proof =
        new SlotProof(epoch, row, presence(json), json.hash("root"), json.hashes("path"));
    return new NodeDispute.Received(json.address("oracle"), proof);
  }

  private static Presence presence(Fields json) {
    int slots = (int) json.number("slots", MOST_SLOTS);
    BitSet present = BitSet.valueOf(json.hex("bitmap"));
    if (slots == 0 || present.length() > slots) {
      throw new IllegalArgumentException("a bitmap that is longer than its slots");
    }
    return new Presence(present, slots);
  }
}
